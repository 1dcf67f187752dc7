-- The XForm id, which never changes for a record: readers need it beside every answer.
alter table record add column form_key text not null default '';
-- The device's time cannot be true (after tomorrow, or more than two years old). It is shown, never corrected.
alter table record add column clock_off boolean not null default false;
create index record_root on record (space_id, root_id);
create index record_author on record (space_id, author_id, received_at desc);
create index record_occurred on record (space_id, occurred_on);

-- Where each record stands: a projection of its judgements, asides, conflicts and attachments, written in the same
-- transaction and rebuilt to the same rows. Lists read it, so that "what waits for me" costs the same among 1,000 and 100,000.
create table record_now (
  space_id uuid not null,
  record_id uuid not null,
  form_id uuid not null,
  received_at timestamptz not null,
  verdict text not null default 'waiting'
    check (verdict in ('waiting', 'accepted', 'returned', 'rejected', 'withdrawn')),
  aside boolean not null default false,
  conflict boolean not null default false,
  incomplete boolean not null default false,
  primary key (space_id, record_id)
);
create index record_now_latest on record_now (space_id, received_at desc, record_id desc);
create index record_now_form on record_now (space_id, form_id, received_at desc, record_id desc);
create index record_now_verdict on record_now (space_id, verdict, received_at desc, record_id desc);
create index record_now_aside on record_now (space_id, received_at desc, record_id desc) where aside;
create index record_now_conflict on record_now (space_id, received_at desc, record_id desc) where conflict;
create index record_now_incomplete on record_now (space_id, received_at desc, record_id desc) where incomplete;

-- The second content of an id comes with its own files; the same second content twice is one conflict.
alter table record_conflict add column files jsonb not null default '[]';
create unique index record_conflict_once on record_conflict (space_id, record_id, xml_sha256);
