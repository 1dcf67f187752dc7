-- A second person's word on a record. Append-only; the last one holds. Evidence exists while it is 'accepted'.
create table record_judgement (
  space_id uuid not null,
  id uuid not null,
  record_id uuid not null,
  verdict text not null check (verdict in ('accepted', 'returned', 'rejected', 'withdrawn')),
  by_id uuid not null,
  at timestamptz not null default now(),
  reason text,
  primary key (space_id, id),
  foreign key (space_id, record_id) references record (space_id, id)
);
create index record_judgement_of on record_judgement (space_id, record_id, at desc);
