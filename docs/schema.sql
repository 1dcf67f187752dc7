-- The database as the migrations make it, in the order of dependence.
-- Written by `npm run schema`; a test compares it with the migrations. Do not edit.

create table migration (
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migration_pkey PRIMARY KEY (name)
);

create table audit_line (
  space_id uuid not null,
  id uuid not null,
  at timestamp with time zone not null default now(),
  actor_id uuid,
  action text not null,
  thing_kind text not null,
  thing_id uuid,
  details jsonb not null default '{}'::jsonb,
  constraint audit_line_pkey PRIMARY KEY (space_id, id)
);
CREATE INDEX audit_line_thing ON public.audit_line USING btree (space_id, thing_id, at DESC);

create table job (
  id uuid not null,
  space_id uuid not null,
  kind text not null,
  payload jsonb not null,
  run_at timestamp with time zone not null default now(),
  attempts integer not null default 0,
  locked_until timestamp with time zone,
  finished_at timestamp with time zone,
  failed_at timestamp with time zone,
  last_error text,
  created_at timestamp with time zone not null default now(),
  constraint job_pkey PRIMARY KEY (id)
);
CREATE INDEX job_waiting ON public.job USING btree (run_at) WHERE ((finished_at IS NULL) AND (failed_at IS NULL));

create table stored_file (
  space_id uuid not null,
  sha256 text not null,
  bytes bigint not null,
  media_type text not null,
  created_at timestamp with time zone not null default now(),
  constraint stored_file_pkey PRIMARY KEY (space_id, sha256),
  constraint stored_file_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);

create table file_arrival (
  sha256 text not null,
  arrived_at timestamp with time zone not null default now(),
  constraint file_arrival_pkey PRIMARY KEY (sha256),
  constraint file_arrival_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);
CREATE INDEX file_arrival_by_time ON public.file_arrival USING btree (arrived_at);

create table space (
  id uuid not null,
  slug text not null,
  host text,
  name jsonb not null,
  languages text[] not null default '{ky,ru,en}'::text[],
  profile jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default now(),
  constraint space_pkey PRIMARY KEY (id),
  constraint space_host_key UNIQUE (host),
  constraint space_slug_key UNIQUE (slug),
  constraint space_slug_check CHECK ((slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text))
);

create table account (
  space_id uuid not null,
  id uuid not null,
  login text not null,
  name text not null,
  language text not null default 'ky'::text,
  password_hash text,
  person_id uuid,
  created_at timestamp with time zone not null default now(),
  created_by uuid,
  disabled_at timestamp with time zone,
  constraint account_pkey PRIMARY KEY (space_id, id),
  constraint account_space_id_login_key UNIQUE (space_id, login),
  constraint account_language_check CHECK ((language = ANY (ARRAY['ky'::text, 'ru'::text, 'en'::text])))
);

create table account_role (
  space_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  role text not null,
  organisation_id uuid,
  granted_at timestamp with time zone not null default now(),
  granted_by uuid,
  ended_at timestamp with time zone,
  ended_by uuid,
  constraint account_role_pkey PRIMARY KEY (space_id, id),
  constraint account_role_space_id_account_id_fkey FOREIGN KEY (space_id, account_id) REFERENCES account(space_id, id),
  constraint account_role_role_check CHECK ((role = ANY (ARRAY['coordinator'::text, 'reviewer'::text, 'field_worker'::text, 'partner'::text, 'funder'::text, 'auditor'::text])))
);
CREATE INDEX account_role_of ON public.account_role USING btree (space_id, account_id);

create table sign_in (
  token_sha256 text not null,
  space_id uuid not null,
  account_id uuid not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  second_step_at timestamp with time zone,
  user_agent text,
  ended_at timestamp with time zone,
  constraint sign_in_pkey PRIMARY KEY (token_sha256),
  constraint sign_in_space_id_account_id_fkey FOREIGN KEY (space_id, account_id) REFERENCES account(space_id, id)
);

create table invitation (
  space_id uuid not null,
  id uuid not null,
  token_sha256 text not null,
  name text not null,
  roles text[] not null,
  organisation_id uuid,
  language text not null,
  created_by uuid not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  account_id uuid,
  revoked_at timestamp with time zone,
  constraint invitation_pkey PRIMARY KEY (space_id, id)
);
CREATE INDEX invitation_token ON public.invitation USING btree (token_sha256);

create table passkey (
  space_id uuid not null,
  credential_id text not null,
  account_id uuid not null,
  public_key bytea not null,
  counter bigint not null default 0,
  transports text[] not null default '{}'::text[],
  name text not null,
  created_at timestamp with time zone not null default now(),
  last_used_at timestamp with time zone,
  constraint passkey_pkey PRIMARY KEY (space_id, credential_id),
  constraint passkey_space_id_account_id_fkey FOREIGN KEY (space_id, account_id) REFERENCES account(space_id, id)
);

create table device (
  space_id uuid not null,
  id uuid not null,
  token_sha256 text not null,
  account_id uuid not null,
  name text not null,
  created_at timestamp with time zone not null default now(),
  created_by uuid,
  last_seen_at timestamp with time zone,
  revoked_at timestamp with time zone,
  revoked_by uuid,
  constraint device_pkey PRIMARY KEY (space_id, id),
  constraint device_space_id_account_id_fkey FOREIGN KEY (space_id, account_id) REFERENCES account(space_id, id)
);
CREATE INDEX device_token ON public.device USING btree (token_sha256);

create table phone_key (
  space_id uuid not null,
  account_id uuid not null,
  key bytea not null,
  created_at timestamp with time zone not null default now(),
  constraint phone_key_pkey PRIMARY KEY (space_id, account_id),
  constraint phone_key_space_id_account_id_fkey FOREIGN KEY (space_id, account_id) REFERENCES account(space_id, id),
  constraint phone_key_key_check CHECK ((length(key) = 32))
);

create table subject (
  space_id uuid not null,
  id uuid not null,
  kind text not null,
  type text,
  code text,
  attributes jsonb not null default '{}'::jsonb,
  starts_on date,
  ends_on date,
  created_at timestamp with time zone not null default now(),
  created_by uuid,
  import_id uuid,
  removed_at timestamp with time zone,
  sort_ky text collate "ky-x-icu" not null default ''::text,
  sort_ru text collate "ru-x-icu" not null default ''::text,
  sort_en text collate "en-x-icu" not null default ''::text,
  constraint subject_pkey PRIMARY KEY (space_id, id),
  constraint subject_dates CHECK ((ends_on >= starts_on)),
  constraint subject_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'organisation'::text, 'place'::text, 'thing'::text])))
);
CREATE INDEX subject_kind ON public.subject USING btree (space_id, kind, type);
CREATE INDEX subject_of_import ON public.subject USING btree (space_id, import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX subject_sort_en ON public.subject USING btree (space_id, kind, sort_en, id) WHERE (removed_at IS NULL);
CREATE INDEX subject_sort_ky ON public.subject USING btree (space_id, kind, sort_ky, id) WHERE (removed_at IS NULL);
CREATE INDEX subject_sort_ru ON public.subject USING btree (space_id, kind, sort_ru, id) WHERE (removed_at IS NULL);

create table subject_name (
  space_id uuid not null,
  subject_id uuid not null,
  id uuid not null,
  name jsonb not null,
  valid_from date,
  valid_to date,
  constraint subject_name_pkey PRIMARY KEY (space_id, subject_id, id),
  constraint subject_name_space_id_subject_id_fkey FOREIGN KEY (space_id, subject_id) REFERENCES subject(space_id, id)
);

create table subject_word (
  space_id uuid not null,
  word text collate "C" not null,
  subject_id uuid not null,
  constraint subject_word_pkey PRIMARY KEY (space_id, word, subject_id)
);
CREATE INDEX subject_word_of ON public.subject_word USING btree (space_id, subject_id);

create table person_detail (
  space_id uuid not null,
  subject_id uuid not null,
  sex text,
  born_on date,
  born_year integer,
  phone text,
  note text,
  constraint person_detail_pkey PRIMARY KEY (space_id, subject_id),
  constraint person_detail_space_id_subject_id_fkey FOREIGN KEY (space_id, subject_id) REFERENCES subject(space_id, id),
  constraint person_detail_born_year_check CHECK (((born_year >= 1900) AND (born_year <= 2100))),
  constraint person_detail_sex_check CHECK ((sex = ANY (ARRAY['f'::text, 'm'::text])))
);
CREATE INDEX person_phone ON public.person_detail USING btree (space_id, phone) WHERE (phone IS NOT NULL);

create table relation (
  space_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  kind text not null,
  object_id uuid,
  valid_from date,
  valid_to date,
  share numeric,
  attributes jsonb not null default '{}'::jsonb,
  reason text,
  stated_at timestamp with time zone not null default now(),
  stated_by uuid,
  undone_at timestamp with time zone,
  undone_by uuid,
  import_id uuid,
  constraint relation_pkey PRIMARY KEY (space_id, id),
  constraint relation_space_id_subject_id_fkey FOREIGN KEY (space_id, subject_id) REFERENCES subject(space_id, id),
  constraint relation_dates CHECK ((valid_to >= valid_from)),
  constraint relation_share_check CHECK (((share > (0)::numeric) AND (share <= (1)::numeric)))
);
CREATE INDEX relation_from ON public.relation USING btree (space_id, subject_id, kind);
CREATE INDEX relation_import ON public.relation USING btree (space_id, import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX relation_same ON public.relation USING btree (space_id, kind) WHERE (kind = ANY (ARRAY['same_as'::text, 'changed_type'::text]));
CREATE INDEX relation_to ON public.relation USING btree (space_id, object_id, kind);

create table subject_import (
  space_id uuid not null,
  id uuid not null,
  kind text not null,
  file_name text not null,
  rows jsonb not null,
  created_at timestamp with time zone not null default now(),
  created_by uuid not null,
  applied_at timestamp with time zone,
  undone_at timestamp with time zone,
  constraint subject_import_pkey PRIMARY KEY (space_id, id)
);

create table source (
  space_id uuid not null,
  id uuid not null,
  key text not null,
  kind text not null,
  title jsonb not null,
  created_at timestamp with time zone not null default now(),
  constraint source_pkey PRIMARY KEY (space_id, id),
  constraint source_space_id_key_key UNIQUE (space_id, key)
);

create table source_version (
  space_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  version text not null,
  valid_from date not null,
  valid_to date,
  sha256 text not null,
  note jsonb not null default '{}'::jsonb,
  added_at timestamp with time zone not null default now(),
  added_by uuid,
  valid_to_at timestamp with time zone,
  valid_to_by uuid,
  undone_at timestamp with time zone,
  undone_by uuid,
  undone_reason text,
  constraint source_version_pkey PRIMARY KEY (space_id, id),
  constraint source_version_space_id_source_id_version_key UNIQUE (space_id, source_id, version),
  constraint source_version_space_id_source_id_fkey FOREIGN KEY (space_id, source_id) REFERENCES source(space_id, id),
  constraint source_version_check CHECK ((valid_to >= valid_from)),
  constraint source_version_end CHECK (((valid_to IS NULL) = (valid_to_at IS NULL)))
);

create table source_row (
  space_id uuid not null,
  version_id uuid not null,
  row_key text not null,
  ordinal integer not null,
  title jsonb not null,
  text jsonb not null,
  meaning text,
  numbers jsonb not null default '{}'::jsonb,
  constraint source_row_pkey PRIMARY KEY (space_id, version_id, row_key),
  constraint source_row_space_id_version_id_fkey FOREIGN KEY (space_id, version_id) REFERENCES source_version(space_id, id)
);

create table project (
  space_id uuid not null,
  id uuid not null,
  code text not null,
  slug text not null,
  title jsonb not null,
  goal jsonb not null default '{}'::jsonb,
  summary jsonb not null default '{}'::jsonb,
  starts_on date,
  ends_on date,
  precision text not null default 'month'::text,
  note jsonb not null default '{}'::jsonb,
  public boolean not null default true,
  ordinal integer not null default 0,
  created_at timestamp with time zone not null default now(),
  created_by uuid,
  constraint project_pkey PRIMARY KEY (space_id, id),
  constraint project_space_id_code_key UNIQUE (space_id, code),
  constraint project_space_id_slug_key UNIQUE (space_id, slug),
  constraint project_check CHECK ((ends_on >= starts_on)),
  constraint project_precision_check CHECK (("precision" = ANY (ARRAY['day'::text, 'month'::text, 'year'::text])))
);

create table project_party (
  space_id uuid not null,
  project_id uuid not null,
  organisation_id uuid not null,
  role text not null,
  constraint project_party_pkey PRIMARY KEY (space_id, project_id, organisation_id, role),
  constraint project_party_space_id_project_id_fkey FOREIGN KEY (space_id, project_id) REFERENCES project(space_id, id),
  constraint project_party_role_check CHECK ((role = ANY (ARRAY['funder'::text, 'implementer'::text, 'partner'::text, 'host'::text])))
);

create table project_place (
  space_id uuid not null,
  project_id uuid not null,
  place_id uuid not null,
  constraint project_place_pkey PRIMARY KEY (space_id, project_id, place_id),
  constraint project_place_space_id_project_id_fkey FOREIGN KEY (space_id, project_id) REFERENCES project(space_id, id)
);

create table result (
  space_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  parent_id uuid,
  level text not null,
  ordinal integer not null,
  title jsonb not null,
  assumption jsonb not null default '{}'::jsonb,
  constraint result_pkey PRIMARY KEY (space_id, id),
  constraint result_space_id_parent_id_fkey FOREIGN KEY (space_id, parent_id) REFERENCES result(space_id, id),
  constraint result_space_id_project_id_fkey FOREIGN KEY (space_id, project_id) REFERENCES project(space_id, id),
  constraint result_level_check CHECK ((level = ANY (ARRAY['impact'::text, 'outcome'::text, 'output'::text])))
);
CREATE INDEX result_of ON public.result USING btree (space_id, project_id);

create table activity (
  space_id uuid not null,
  id uuid not null,
  kind text not null,
  title jsonb not null,
  starts_on date not null,
  ends_on date not null,
  settings jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default now(),
  created_by uuid,
  constraint activity_pkey PRIMARY KEY (space_id, id),
  constraint activity_check CHECK ((ends_on >= starts_on))
);

create table activity_project (
  space_id uuid not null,
  activity_id uuid not null,
  project_id uuid not null,
  constraint activity_project_pkey PRIMARY KEY (space_id, activity_id, project_id),
  constraint activity_project_space_id_activity_id_fkey FOREIGN KEY (space_id, activity_id) REFERENCES activity(space_id, id)
);
CREATE INDEX activity_project_of ON public.activity_project USING btree (space_id, project_id);

create table form (
  space_id uuid not null,
  id uuid not null,
  form_key text not null,
  kind text not null,
  title jsonb not null,
  created_at timestamp with time zone not null default now(),
  created_by uuid,
  constraint form_pkey PRIMARY KEY (space_id, id),
  constraint form_space_id_form_key_key UNIQUE (space_id, form_key)
);

create table form_version (
  space_id uuid not null,
  id uuid not null,
  form_id uuid not null,
  version text not null,
  title jsonb not null,
  xform text not null,
  md5 text not null,
  workbook_sha256 text not null,
  languages text[] not null,
  questions jsonb not null,
  warnings jsonb not null default '[]'::jsonb,
  uploaded_at timestamp with time zone not null default now(),
  uploaded_by uuid,
  published_at timestamp with time zone,
  published_by uuid,
  retired_at timestamp with time zone,
  retired_by uuid,
  file_name text not null default ''::text,
  wanted_files text[] not null default '{}'::text[],
  constraint form_version_pkey PRIMARY KEY (space_id, id),
  constraint form_version_space_id_form_id_version_key UNIQUE (space_id, form_id, version),
  constraint form_version_space_id_form_id_fkey FOREIGN KEY (space_id, form_id) REFERENCES form(space_id, id)
);
CREATE INDEX form_version_published ON public.form_version USING btree (space_id, form_id, published_at DESC) WHERE (published_at IS NOT NULL);

create table form_file (
  space_id uuid not null,
  form_version_id uuid not null,
  name text not null,
  sha256 text not null,
  constraint form_file_pkey PRIMARY KEY (space_id, form_version_id, name),
  constraint form_file_space_id_form_version_id_fkey FOREIGN KEY (space_id, form_version_id) REFERENCES form_version(space_id, id)
);

create table record (
  space_id uuid not null,
  id uuid not null,
  form_id uuid not null,
  form_version_id uuid,
  form_version text not null,
  activity_id uuid,
  assignment_id uuid,
  subject_id uuid,
  author_id uuid,
  device_id uuid,
  door text not null,
  root_id uuid not null,
  supersedes uuid,
  relates_to uuid,
  relates_as text,
  answers jsonb not null,
  xml text not null,
  xml_sha256 text not null,
  occurred_on date,
  captured_at timestamp with time zone,
  received_at timestamp with time zone not null default now(),
  form_key text not null default ''::text,
  clock_off boolean not null default false,
  constraint record_pkey PRIMARY KEY (space_id, id),
  constraint record_door_check CHECK ((door = ANY (ARRAY['web'::text, 'field'::text, 'openrosa'::text, 'import'::text, 'seed'::text]))),
  constraint record_relates_as_check CHECK ((relates_as = ANY (ARRAY['answers'::text, 'judges'::text])))
);
CREATE INDEX record_activity ON public.record USING btree (space_id, activity_id, received_at DESC);
CREATE INDEX record_assignment ON public.record USING btree (space_id, assignment_id);
CREATE INDEX record_author ON public.record USING btree (space_id, author_id, received_at DESC);
CREATE INDEX record_days ON public.record USING btree (space_id, occurred_on, received_at, id);
CREATE INDEX record_form ON public.record USING btree (space_id, form_id, received_at DESC, id DESC);
CREATE INDEX record_relates ON public.record USING btree (space_id, relates_to) WHERE (relates_to IS NOT NULL);
CREATE INDEX record_root ON public.record USING btree (space_id, root_id);
CREATE INDEX record_subject ON public.record USING btree (space_id, subject_id, occurred_on DESC);
CREATE INDEX record_supersedes ON public.record USING btree (space_id, supersedes) WHERE (supersedes IS NOT NULL);

create table record_attachment (
  space_id uuid not null,
  record_id uuid not null,
  name text not null,
  sha256 text,
  bytes bigint,
  media_type text,
  display_sha256 text,
  received_at timestamp with time zone,
  constraint record_attachment_pkey PRIMARY KEY (space_id, record_id, name),
  constraint record_attachment_space_id_record_id_fkey FOREIGN KEY (space_id, record_id) REFERENCES record(space_id, id)
);

create table record_aside (
  space_id uuid not null,
  id uuid not null,
  record_id uuid not null,
  key text not null,
  details jsonb not null default '{}'::jsonb,
  parts jsonb not null default '[]'::jsonb,
  at timestamp with time zone not null default now(),
  resolved_at timestamp with time zone,
  resolved_by uuid,
  resolution text,
  reason text,
  constraint record_aside_pkey PRIMARY KEY (space_id, id),
  constraint record_aside_space_id_record_id_fkey FOREIGN KEY (space_id, record_id) REFERENCES record(space_id, id),
  constraint record_aside_resolution_check CHECK ((resolution = ANY (ARRAY['accepted'::text, 'rejected'::text, 'superseded'::text])))
);
CREATE INDEX record_aside_of ON public.record_aside USING btree (space_id, record_id);
CREATE INDEX record_aside_open ON public.record_aside USING btree (space_id, at) WHERE (resolved_at IS NULL);

create table record_conflict (
  space_id uuid not null,
  id uuid not null,
  record_id uuid not null,
  xml text not null,
  xml_sha256 text not null,
  author_id uuid,
  received_at timestamp with time zone not null default now(),
  resolved_at timestamp with time zone,
  resolved_by uuid,
  resolution text,
  files jsonb not null default '[]'::jsonb,
  constraint record_conflict_pkey PRIMARY KEY (space_id, id),
  constraint record_conflict_space_id_record_id_fkey FOREIGN KEY (space_id, record_id) REFERENCES record(space_id, id),
  constraint record_conflict_resolution_check CHECK ((resolution = ANY (ARRAY['kept_first'::text, 'took_second'::text])))
);
CREATE UNIQUE INDEX record_conflict_once ON public.record_conflict USING btree (space_id, record_id, xml_sha256);
CREATE INDEX record_conflict_open ON public.record_conflict USING btree (space_id, received_at) WHERE (resolved_at IS NULL);

create table record_judgement (
  space_id uuid not null,
  id uuid not null,
  record_id uuid not null,
  verdict text not null,
  by_id uuid not null,
  at timestamp with time zone not null default now(),
  reason text,
  constraint record_judgement_pkey PRIMARY KEY (space_id, id),
  constraint record_judgement_space_id_record_id_fkey FOREIGN KEY (space_id, record_id) REFERENCES record(space_id, id),
  constraint record_judgement_verdict_check CHECK ((verdict = ANY (ARRAY['accepted'::text, 'returned'::text, 'rejected'::text, 'withdrawn'::text])))
);
CREATE INDEX record_judgement_of ON public.record_judgement USING btree (space_id, record_id, at DESC);

create table record_now (
  space_id uuid not null,
  record_id uuid not null,
  form_id uuid not null,
  received_at timestamp with time zone not null,
  verdict text not null default 'waiting'::text,
  aside boolean not null default false,
  conflict boolean not null default false,
  incomplete boolean not null default false,
  constraint record_now_pkey PRIMARY KEY (space_id, record_id),
  constraint record_now_verdict_check CHECK ((verdict = ANY (ARRAY['waiting'::text, 'accepted'::text, 'returned'::text, 'rejected'::text, 'withdrawn'::text])))
);
CREATE INDEX record_now_aside ON public.record_now USING btree (space_id, received_at DESC, record_id DESC) WHERE aside;
CREATE INDEX record_now_conflict ON public.record_now USING btree (space_id, received_at DESC, record_id DESC) WHERE conflict;
CREATE INDEX record_now_form ON public.record_now USING btree (space_id, form_id, received_at DESC, record_id DESC);
CREATE INDEX record_now_incomplete ON public.record_now USING btree (space_id, received_at DESC, record_id DESC) WHERE incomplete;
CREATE INDEX record_now_latest ON public.record_now USING btree (space_id, received_at DESC, record_id DESC);
CREATE INDEX record_now_verdict ON public.record_now USING btree (space_id, verdict, received_at DESC, record_id DESC);

create table assignment (
  space_id uuid not null,
  id uuid not null,
  activity_id uuid not null,
  actor_id uuid not null,
  role text not null,
  subject_id uuid not null,
  form_id uuid not null,
  window_from date not null,
  window_to date not null,
  conflict jsonb,
  created_at timestamp with time zone not null default now(),
  created_by uuid,
  cancelled_at timestamp with time zone,
  cancelled_by uuid,
  constraint assignment_pkey PRIMARY KEY (space_id, id),
  constraint assignment_check CHECK ((window_to >= window_from))
);
CREATE INDEX assignment_activity ON public.assignment USING btree (space_id, activity_id);
CREATE INDEX assignment_actor ON public.assignment USING btree (space_id, actor_id, window_to);

create table flow_event (
  space_id uuid not null,
  id uuid not null,
  flow text not null,
  thing_id uuid not null,
  seq integer not null,
  event text not null,
  from_state text not null,
  to_state text not null,
  at timestamp with time zone not null default now(),
  by_id uuid,
  reason text,
  details jsonb not null default '{}'::jsonb,
  deadline date,
  constraint flow_event_pkey PRIMARY KEY (space_id, id),
  constraint flow_event_space_id_flow_thing_id_seq_key UNIQUE (space_id, flow, thing_id, seq)
);

create table flow_now (
  space_id uuid not null,
  flow text not null,
  thing_id uuid not null,
  state text not null,
  since timestamp with time zone not null,
  by_id uuid,
  deadline date,
  seq integer not null,
  constraint flow_now_pkey PRIMARY KEY (space_id, flow, thing_id)
);
CREATE INDEX flow_now_deadline ON public.flow_now USING btree (space_id, flow, deadline) WHERE (deadline IS NOT NULL);
CREATE INDEX flow_now_state ON public.flow_now USING btree (space_id, flow, state, since);

create table evidence (
  space_id uuid not null,
  id uuid not null,
  measure text not null,
  record_id uuid not null,
  root_id uuid not null,
  ordinal integer not null,
  subject_id uuid,
  quantity numeric not null,
  denominator numeric,
  occurred_on date not null,
  recorded_at timestamp with time zone not null,
  place_id uuid,
  activity_id uuid,
  partner_id uuid,
  attributes jsonb not null default '{}'::jsonb,
  basis text not null default 'counted'::text,
  ended_at timestamp with time zone,
  end_cause text,
  ended_by_record uuid,
  constraint evidence_pkey PRIMARY KEY (space_id, id),
  constraint evidence_basis_check CHECK ((basis = ANY (ARRAY['counted'::text, 'estimated'::text, 'reported'::text]))),
  constraint evidence_end_cause_check CHECK ((end_cause = ANY (ARRAY['corrected'::text, 'withdrawn'::text, 'redefined'::text])))
);
CREATE INDEX evidence_measure ON public.evidence USING btree (space_id, measure, occurred_on);
CREATE INDEX evidence_root ON public.evidence USING btree (space_id, root_id);
CREATE INDEX evidence_subject ON public.evidence USING btree (space_id, subject_id);

create table indicator (
  space_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  result_id uuid,
  code text not null,
  ordinal integer not null default 0,
  created_at timestamp with time zone not null default now(),
  created_by uuid,
  constraint indicator_pkey PRIMARY KEY (space_id, id),
  constraint indicator_space_id_project_id_code_key UNIQUE (space_id, project_id, code)
);

create table indicator_version (
  space_id uuid not null,
  id uuid not null,
  indicator_id uuid not null,
  version integer not null,
  title jsonb not null,
  unit jsonb not null default '{}'::jsonb,
  definition jsonb not null,
  reason text,
  created_at timestamp with time zone not null default now(),
  created_by uuid,
  constraint indicator_version_pkey PRIMARY KEY (space_id, id),
  constraint indicator_version_space_id_indicator_id_version_key UNIQUE (space_id, indicator_id, version),
  constraint indicator_version_space_id_indicator_id_fkey FOREIGN KEY (space_id, indicator_id) REFERENCES indicator(space_id, id)
);

create table goal (
  space_id uuid not null,
  id uuid not null,
  indicator_id uuid not null,
  kind text not null,
  period_from date,
  period_to date,
  cell jsonb not null default '{}'::jsonb,
  value numeric not null,
  note text,
  stated_at timestamp with time zone not null default now(),
  stated_by uuid,
  ended_at timestamp with time zone,
  constraint goal_pkey PRIMARY KEY (space_id, id),
  constraint goal_space_id_indicator_id_fkey FOREIGN KEY (space_id, indicator_id) REFERENCES indicator(space_id, id),
  constraint goal_kind_check CHECK ((kind = ANY (ARRAY['baseline'::text, 'target'::text])))
);
CREATE INDEX goal_of ON public.goal USING btree (space_id, indicator_id);

create table freeze (
  space_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  title jsonb not null,
  period_from date not null,
  period_to date not null,
  as_of timestamp with time zone not null,
  digest text not null,
  scope jsonb not null,
  note text,
  created_at timestamp with time zone not null default now(),
  created_by uuid not null,
  constraint freeze_pkey PRIMARY KEY (space_id, id),
  constraint freeze_check CHECK ((period_to >= period_from))
);
CREATE INDEX freeze_of ON public."freeze" USING btree (space_id, project_id, as_of DESC);

create table freeze_figure (
  space_id uuid not null,
  freeze_id uuid not null,
  indicator_id uuid not null,
  indicator_version_id uuid not null,
  cell text not null,
  value numeric,
  numerator numeric,
  denominator numeric,
  base integer not null,
  evidence_count integer not null,
  digest text not null,
  constraint freeze_figure_pkey PRIMARY KEY (space_id, freeze_id, indicator_id, cell),
  constraint freeze_figure_space_id_freeze_id_fkey FOREIGN KEY (space_id, freeze_id) REFERENCES "freeze"(space_id, id)
);

create table freeze_evidence (
  space_id uuid not null,
  freeze_id uuid not null,
  indicator_id uuid not null,
  evidence_id uuid not null,
  constraint freeze_evidence_pkey PRIMARY KEY (space_id, freeze_id, indicator_id, evidence_id),
  constraint freeze_evidence_space_id_freeze_id_fkey FOREIGN KEY (space_id, freeze_id) REFERENCES "freeze"(space_id, id)
);

create table freeze_request (
  space_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  title jsonb not null,
  period_from date not null,
  period_to date not null,
  asked_at timestamp with time zone not null default now(),
  asked_by uuid not null,
  done integer not null default 0,
  total integer not null,
  finished_at timestamp with time zone,
  failed_at timestamp with time zone,
  given_up_at timestamp with time zone,
  constraint freeze_request_pkey PRIMARY KEY (space_id, id),
  constraint freeze_request_check CHECK ((period_to >= period_from))
);

create table publication (
  space_id uuid not null,
  id uuid not null,
  kind text not null,
  slug text not null,
  thing_id uuid,
  title jsonb not null,
  content jsonb not null,
  manifest jsonb not null,
  digest text not null,
  published_at timestamp with time zone not null default now(),
  published_by uuid,
  superseded_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  withdrawn_by uuid,
  withdrawn_reason text,
  constraint publication_pkey PRIMARY KEY (space_id, id)
);
CREATE UNIQUE INDEX publication_live ON public.publication USING btree (space_id, kind, slug) WHERE ((superseded_at IS NULL) AND (withdrawn_at IS NULL));
CREATE INDEX publication_shows ON public.publication USING gin (manifest jsonb_path_ops) WHERE ((superseded_at IS NULL) AND (withdrawn_at IS NULL));
CREATE INDEX publication_slug ON public.publication USING btree (space_id, kind, slug, published_at DESC);
CREATE INDEX publication_thing ON public.publication USING btree (space_id, thing_id);

create table article (
  space_id uuid not null,
  id uuid not null,
  kind text not null,
  slug text not null,
  title jsonb not null,
  summary jsonb not null,
  body jsonb not null,
  happened_on date,
  published_at timestamp with time zone,
  published_by uuid,
  withdrawn_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  created_by uuid,
  changed_at timestamp with time zone not null default now(),
  constraint article_pkey PRIMARY KEY (space_id, id),
  constraint article_space_id_kind_slug_key UNIQUE (space_id, kind, slug),
  constraint article_kind_check CHECK ((kind = ANY (ARRAY['news'::text, 'page'::text])))
);
CREATE INDEX article_order ON public.article USING btree (space_id, kind, happened_on DESC NULLS LAST, id DESC);

create table oversight_problem (
  space_id uuid not null,
  id uuid not null,
  assignment_id uuid not null,
  root_id uuid not null,
  number integer not null,
  record_id uuid not null,
  facility_id uuid not null,
  activity_id uuid,
  found_on date not null,
  description text not null,
  passport_row text not null,
  severity text not null,
  photo_before text,
  answer text,
  answer_record_id uuid,
  answer_reason text,
  plan text,
  owner text,
  deadline date,
  fix_record_id uuid,
  fix_state text,
  fixed_on date,
  what_done text,
  photo_after text,
  confirmed_by text,
  users_confirmed integer,
  constraint oversight_problem_pkey PRIMARY KEY (space_id, id),
  constraint oversight_problem_answer_check CHECK ((answer = ANY (ARRAY['agreed'::text, 'partly'::text, 'refused'::text]))),
  constraint oversight_problem_fix_state_check CHECK ((fix_state = ANY (ARRAY['fixed'::text, 'started'::text, 'not_fixed'::text])))
);
CREATE INDEX oversight_problem_activity ON public.oversight_problem USING btree (space_id, activity_id);
CREATE INDEX oversight_problem_facility ON public.oversight_problem USING btree (space_id, facility_id, found_on DESC);
CREATE INDEX oversight_problem_visit ON public.oversight_problem USING btree (space_id, assignment_id, number);

create table oversight_answer_link (
  space_id uuid not null,
  assignment_id uuid not null,
  token_sha256 text not null,
  shared_at timestamp with time zone not null default now(),
  shared_by uuid not null,
  expires_on date not null,
  revoked_at timestamp with time zone,
  constraint oversight_answer_link_pkey PRIMARY KEY (space_id, token_sha256)
);
CREATE INDEX oversight_answer_link_visit ON public.oversight_answer_link USING btree (space_id, assignment_id);
