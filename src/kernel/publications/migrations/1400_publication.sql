-- A frozen list of record versions and what was made of them; withdrawal leaves a tombstone.
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
  published_at timestamptz not null default now(),
  published_by uuid,
  superseded_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_reason text,
  primary key (space_id, id)
);
create index publication_slug on publication (space_id, kind, slug, published_at desc);
create index publication_thing on publication (space_id, thing_id);

-- Texts of the public site.
create table article (
  space_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('news', 'page')),
  slug text not null,
  title jsonb not null,
  summary jsonb not null,
  body jsonb not null,
  happened_on date,
  published_at timestamptz,
  published_by uuid,
  withdrawn_at timestamptz,
  primary key (space_id, id),
  unique (space_id, kind, slug)
);
