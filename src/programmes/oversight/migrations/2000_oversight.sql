-- Problems found at facilities: a projection of visit, answer and fix records, rebuilt from them at any time.
-- The states of a problem stand in the flow 'oversight.problem'.
create table oversight_problem (
  space_id uuid not null,
  id uuid not null,
  assignment_id uuid not null,
  root_id uuid not null,
  number int not null,
  record_id uuid not null,
  facility_id uuid not null,
  activity_id uuid,
  found_on date not null,
  description text not null,
  passport_row text not null,
  severity text not null,
  photo_before text,
  answer text check (answer in ('agreed', 'partly', 'refused')),
  answer_record_id uuid,
  answer_reason text,
  plan text,
  owner text,
  deadline date,
  fix_record_id uuid,
  fix_state text check (fix_state in ('fixed', 'started', 'not_fixed')),
  fixed_on date,
  what_done text,
  photo_after text,
  confirmed_by text,
  users_confirmed int,
  primary key (space_id, id)
);
create index oversight_problem_visit on oversight_problem (space_id, assignment_id, number);
create index oversight_problem_facility on oversight_problem (space_id, facility_id, found_on desc);
create index oversight_problem_activity on oversight_problem (space_id, activity_id);

-- The link by which a facility answers without an account. Only its hash is kept.
create table oversight_answer_link (
  space_id uuid not null,
  assignment_id uuid not null,
  token_sha256 text not null,
  shared_at timestamptz not null default now(),
  shared_by uuid not null,
  expires_on date not null,
  revoked_at timestamptz,
  primary key (space_id, token_sha256)
);
create index oversight_answer_link_visit on oversight_answer_link (space_id, assignment_id);
