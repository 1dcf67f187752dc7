-- One edition of a programme kind: the round of visits of spring 2016.
create table activity (
  space_id uuid not null,
  id uuid not null,
  kind text not null,
  title jsonb not null,
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  settings jsonb not null default '{}',
  created_at timestamptz not null default now(),
  created_by uuid,
  primary key (space_id, id)
);

create table activity_project (
  space_id uuid not null,
  activity_id uuid not null,
  project_id uuid not null,
  primary key (space_id, activity_id, project_id),
  foreign key (space_id, activity_id) references activity (space_id, id)
);
create index activity_project_of on activity_project (space_id, project_id);
