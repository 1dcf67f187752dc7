-- What happened, as it came in. Append-only: a correction is another record that supersedes this one.
-- Distributed by space when there is more than one machine: no triggers, no unique key without space_id.
create table record (
  space_id uuid not null,
  -- The id that the device made: the instanceID without its "uuid:".
  id uuid not null,
  form_id uuid not null,
  form_version_id uuid,
  form_version text not null,
  activity_id uuid,
  assignment_id uuid,
  subject_id uuid,
  author_id uuid,
  device_id uuid,
  door text not null check (door in ('web', 'field', 'openrosa', 'import', 'seed')),
  root_id uuid not null,
  supersedes uuid,
  relates_to uuid,
  relates_as text check (relates_as in ('answers', 'judges')),
  answers jsonb not null,
  xml text not null,
  xml_sha256 text not null,
  occurred_on date,
  captured_at timestamptz,
  received_at timestamptz not null default now(),
  primary key (space_id, id)
);
create index record_form on record (space_id, form_id, received_at desc, id desc);
create index record_activity on record (space_id, activity_id, received_at desc);
create index record_assignment on record (space_id, assignment_id);
create index record_subject on record (space_id, subject_id, occurred_on desc);
create index record_supersedes on record (space_id, supersedes) where supersedes is not null;
create index record_relates on record (space_id, relates_to) where relates_to is not null;

-- Every file that the record names; sha256 is null until the bytes are here, and the record is incomplete until then.
create table record_attachment (
  space_id uuid not null,
  record_id uuid not null,
  name text not null,
  sha256 text,
  bytes bigint,
  media_type text,
  -- The re-encoded picture without position data, for eyes other than a reviewer's.
  display_sha256 text,
  received_at timestamptz,
  primary key (space_id, record_id, name),
  foreign key (space_id, record_id) references record (space_id, id)
);

-- A readable sheet that breaks a rule is kept and waits for a person.
create table record_aside (
  space_id uuid not null,
  id uuid not null,
  record_id uuid not null,
  key text not null,
  details jsonb not null default '{}',
  parts jsonb not null default '[]',
  at timestamptz not null default now(),
  resolved_at timestamptz,
  resolved_by uuid,
  resolution text check (resolution in ('accepted', 'rejected', 'superseded')),
  reason text,
  primary key (space_id, id),
  foreign key (space_id, record_id) references record (space_id, id)
);
create index record_aside_of on record_aside (space_id, record_id);
create index record_aside_open on record_aside (space_id, at) where resolved_at is null;

-- The same id with other content: both are kept, a person decides.
create table record_conflict (
  space_id uuid not null,
  id uuid not null,
  record_id uuid not null,
  xml text not null,
  xml_sha256 text not null,
  author_id uuid,
  received_at timestamptz not null default now(),
  resolved_at timestamptz,
  resolved_by uuid,
  resolution text check (resolution in ('kept_first', 'took_second')),
  primary key (space_id, id),
  foreign key (space_id, record_id) references record (space_id, id)
);
create index record_conflict_open on record_conflict (space_id, received_at) where resolved_at is null;
