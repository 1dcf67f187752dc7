create table indicator (
  space_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  result_id uuid,
  code text not null,
  ordinal int not null default 0,
  created_at timestamptz not null default now(),
  created_by uuid,
  primary key (space_id, id),
  unique (space_id, project_id, code)
);

-- The formula, versioned: a new definition is a new version with its reason, never an edit.
create table indicator_version (
  space_id uuid not null,
  id uuid not null,
  indicator_id uuid not null,
  version int not null,
  title jsonb not null,
  unit jsonb not null default '{}',
  definition jsonb not null,
  reason text,
  created_at timestamptz not null default now(),
  created_by uuid,
  primary key (space_id, id),
  unique (space_id, indicator_id, version),
  foreign key (space_id, indicator_id) references indicator (space_id, id)
);

create table goal (
  space_id uuid not null,
  id uuid not null,
  indicator_id uuid not null,
  kind text not null check (kind in ('baseline', 'target')),
  period_from date,
  period_to date,
  cell jsonb not null default '{}',
  value numeric not null,
  note text,
  stated_at timestamptz not null default now(),
  stated_by uuid,
  ended_at timestamptz,
  primary key (space_id, id),
  foreign key (space_id, indicator_id) references indicator (space_id, id)
);
create index goal_of on goal (space_id, indicator_id);
