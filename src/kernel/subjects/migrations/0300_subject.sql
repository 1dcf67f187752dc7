create table subject (
  space_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('person', 'organisation', 'place', 'thing')),
  -- person: none; organisation: funder, ngo, state, school, cooperative…; place: country, oblast, rayon, city, aimak, village; thing: fmc, fgp, fap, plot…
  type text,
  code text,
  attributes jsonb not null default '{}',
  starts_on date,
  ends_on date,
  created_at timestamptz not null default now(),
  created_by uuid,
  import_id uuid,
  removed_at timestamptz,
  primary key (space_id, id)
);
create index subject_kind on subject (space_id, kind, type);

-- Names change; each has its dates, and one text per language. A person's name stands under the language it was written in.
create table subject_name (
  space_id uuid not null,
  subject_id uuid not null,
  id uuid not null,
  name jsonb not null,
  valid_from date,
  valid_to date,
  primary key (space_id, subject_id, id),
  foreign key (space_id, subject_id) references subject (space_id, id)
);

-- The folded words of all names, for search that forgives ө/о, ү/у, ң/н.
create table subject_word (
  space_id uuid not null,
  word text collate "C" not null,
  subject_id uuid not null,
  primary key (space_id, word, subject_id)
);

-- Personal data apart from the rest, readable only by those whose task needs it.
create table person_detail (
  space_id uuid not null,
  subject_id uuid not null,
  sex text check (sex in ('f', 'm')),
  born_on date,
  born_year int check (born_year between 1900 and 2100),
  phone text,
  note text,
  primary key (space_id, subject_id),
  foreign key (space_id, subject_id) references subject (space_id, id)
);

-- Dated facts between subjects; stated by a person and taken back by a person, never edited.
-- part_of, located_in, member_of, works_at, guardian_of, successor_of (with share of catchment), same_as, changed_type (object null, attributes.type)
create table relation (
  space_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  kind text not null,
  object_id uuid,
  valid_from date,
  valid_to date,
  share numeric check (share > 0 and share <= 1),
  attributes jsonb not null default '{}',
  reason text,
  stated_at timestamptz not null default now(),
  stated_by uuid,
  undone_at timestamptz,
  undone_by uuid,
  import_id uuid,
  primary key (space_id, id),
  foreign key (space_id, subject_id) references subject (space_id, id)
);
create index relation_from on relation (space_id, subject_id, kind);
create index relation_to on relation (space_id, object_id, kind);

create table subject_import (
  space_id uuid not null,
  id uuid not null,
  kind text not null,
  file_name text not null,
  rows jsonb not null,
  created_at timestamptz not null default now(),
  created_by uuid not null,
  applied_at timestamptz,
  undone_at timestamptz,
  primary key (space_id, id)
);
