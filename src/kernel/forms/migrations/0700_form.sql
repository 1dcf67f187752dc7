create table form (
  space_id uuid not null,
  id uuid not null,
  -- The XForm id that clients know.
  form_key text not null,
  -- The programme kind that handles its records; 'general' for a form that only collects.
  kind text not null,
  title jsonb not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  primary key (space_id, id),
  unique (space_id, form_key)
);

create table form_version (
  space_id uuid not null,
  id uuid not null,
  form_id uuid not null,
  version text not null,
  title jsonb not null,
  xform text not null,
  -- md5 of the XForm, which is what OpenRosa clients compare.
  md5 text not null,
  workbook_sha256 text not null,
  languages text[] not null,
  -- The flat question list: path, type, labels; what lists, reviews and exports read.
  questions jsonb not null,
  warnings jsonb not null default '[]',
  uploaded_at timestamptz not null default now(),
  uploaded_by uuid,
  published_at timestamptz,
  published_by uuid,
  retired_at timestamptz,
  retired_by uuid,
  primary key (space_id, id),
  unique (space_id, form_id, version),
  foreign key (space_id, form_id) references form (space_id, id)
);

create table form_file (
  space_id uuid not null,
  form_version_id uuid not null,
  name text not null,
  sha256 text not null,
  primary key (space_id, form_version_id, name),
  foreign key (space_id, form_version_id) references form_version (space_id, id)
);
