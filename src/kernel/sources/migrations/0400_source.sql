-- A text or table from outside: a standard, a budget table, a station list.
create table source (
  space_id uuid not null,
  id uuid not null,
  key text not null,
  kind text not null,
  title jsonb not null,
  created_at timestamptz not null default now(),
  primary key (space_id, id),
  unique (space_id, key)
);

create table source_version (
  space_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  version text not null,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  sha256 text not null,
  note jsonb not null default '{}',
  added_at timestamptz not null default now(),
  added_by uuid,
  primary key (space_id, id),
  unique (space_id, source_id, version),
  foreign key (space_id, source_id) references source (space_id, id)
);

create table source_row (
  space_id uuid not null,
  version_id uuid not null,
  row_key text not null,
  ordinal int not null,
  title jsonb not null,
  text jsonb not null,
  -- Rows of two versions with the same meaning key may be compared; null means "not declared the same".
  meaning text,
  primary key (space_id, version_id, row_key),
  foreign key (space_id, version_id) references source_version (space_id, id)
);
