create table account (
  space_id uuid not null,
  id uuid not null,
  login text not null,
  name text not null,
  language text not null default 'ky' check (language in ('ky', 'ru', 'en')),
  password_hash text,
  person_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  disabled_at timestamptz,
  primary key (space_id, id),
  unique (space_id, login)
);

-- A right is a dated fact: it is granted and ended, never edited.
create table account_role (
  space_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  role text not null check (role in ('coordinator', 'reviewer', 'field_worker', 'partner', 'funder', 'auditor')),
  organisation_id uuid,
  granted_at timestamptz not null default now(),
  granted_by uuid,
  ended_at timestamptz,
  ended_by uuid,
  primary key (space_id, id),
  foreign key (space_id, account_id) references account (space_id, id)
);
create index account_role_of on account_role (space_id, account_id);

create table sign_in (
  token_sha256 text primary key,
  space_id uuid not null,
  account_id uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  second_step_at timestamptz,
  user_agent text,
  ended_at timestamptz,
  foreign key (space_id, account_id) references account (space_id, id)
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
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  account_id uuid,
  revoked_at timestamptz,
  primary key (space_id, id)
);
create index invitation_token on invitation (token_sha256);

create table passkey (
  space_id uuid not null,
  credential_id text not null,
  account_id uuid not null,
  public_key bytea not null,
  counter bigint not null default 0,
  transports text[] not null default '{}',
  name text not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  primary key (space_id, credential_id),
  foreign key (space_id, account_id) references account (space_id, id)
);

-- A phone: the token stands in ODK Collect's address, or in the field app after sign-in by QR code.
create table device (
  space_id uuid not null,
  id uuid not null,
  token_sha256 text not null,
  account_id uuid not null,
  name text not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  last_seen_at timestamptz,
  revoked_at timestamptz,
  revoked_by uuid,
  primary key (space_id, id),
  foreign key (space_id, account_id) references account (space_id, id)
);
create index device_token on device (token_sha256);
