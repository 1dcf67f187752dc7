create table project (
  space_id uuid not null,
  id uuid not null,
  code text not null,
  slug text not null,
  title jsonb not null,
  goal jsonb not null default '{}',
  summary jsonb not null default '{}',
  starts_on date,
  ends_on date,
  precision text not null default 'month' check (precision in ('day', 'month', 'year')),
  note jsonb not null default '{}',
  public boolean not null default true,
  ordinal int not null default 0,
  created_at timestamptz not null default now(),
  created_by uuid,
  primary key (space_id, id),
  unique (space_id, code),
  unique (space_id, slug),
  check (ends_on >= starts_on)
);

create table project_party (
  space_id uuid not null,
  project_id uuid not null,
  organisation_id uuid not null,
  role text not null check (role in ('funder', 'implementer', 'partner', 'host')),
  primary key (space_id, project_id, organisation_id, role),
  foreign key (space_id, project_id) references project (space_id, id)
);

create table project_place (
  space_id uuid not null,
  project_id uuid not null,
  place_id uuid not null,
  primary key (space_id, project_id, place_id),
  foreign key (space_id, project_id) references project (space_id, id)
);

-- The results chain of the logframe.
create table result (
  space_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  parent_id uuid,
  level text not null check (level in ('impact', 'outcome', 'output')),
  ordinal int not null,
  title jsonb not null,
  assumption jsonb not null default '{}',
  primary key (space_id, id),
  foreign key (space_id, project_id) references project (space_id, id),
  foreign key (space_id, parent_id) references result (space_id, id)
);
create index result_of on result (space_id, project_id);
