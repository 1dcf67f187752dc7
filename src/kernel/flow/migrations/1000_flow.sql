-- The steps of a thing through its flow: each with who and when.
create table flow_event (
  space_id uuid not null,
  id uuid not null,
  flow text not null,
  thing_id uuid not null,
  seq int not null,
  event text not null,
  from_state text not null,
  to_state text not null,
  at timestamptz not null default now(),
  by_id uuid,
  reason text,
  details jsonb not null default '{}',
  primary key (space_id, id),
  unique (space_id, flow, thing_id, seq)
);

-- Where each thing stands: a projection of flow_event, written in the same transaction and rebuilt to the same rows.
create table flow_now (
  space_id uuid not null,
  flow text not null,
  thing_id uuid not null,
  state text not null,
  since timestamptz not null,
  by_id uuid,
  deadline date,
  seq int not null,
  primary key (space_id, flow, thing_id)
);
create index flow_now_state on flow_now (space_id, flow, state, since);
