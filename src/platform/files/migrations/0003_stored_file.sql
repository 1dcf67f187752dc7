-- Which bytes a space holds. The bytes lie in the store under their hash; two spaces may hold the same bytes without knowing it.
create table stored_file (
  space_id uuid not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint not null,
  media_type text not null,
  created_at timestamptz not null default now(),
  primary key (space_id, sha256)
);
