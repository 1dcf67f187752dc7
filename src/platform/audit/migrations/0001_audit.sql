-- One line for every act that changes something: who did what to which thing, when. Append-only.
create table audit_line (
  space_id uuid not null,
  id uuid not null,
  at timestamptz not null default now(),
  actor_id uuid,
  action text not null,
  thing_kind text not null,
  thing_id uuid,
  details jsonb not null default '{}',
  primary key (space_id, id)
);
create index audit_line_thing on audit_line (space_id, thing_id, at desc);
