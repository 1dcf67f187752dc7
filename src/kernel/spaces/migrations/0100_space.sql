-- A tenant: an association with its partners. Everything else begins with its id.
create table space (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  host text unique,
  name jsonb not null,
  languages text[] not null default '{ky,ru,en}',
  profile jsonb not null default '{}',
  created_at timestamptz not null default now()
);
