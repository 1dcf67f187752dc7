-- What the funder saw: figures, the evidence they stood on, the moment, the digest.
create table "freeze" (
  space_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  title jsonb not null,
  period_from date not null,
  period_to date not null check (period_to >= period_from),
  as_of timestamptz not null,
  digest text not null,
  -- What the figures were drawn from besides rows: {"activities": [ids]}; links to projects carry no dates of their own.
  scope jsonb not null,
  note text,
  created_at timestamptz not null default now(),
  created_by uuid not null,
  primary key (space_id, id)
);
create index freeze_of on "freeze" (space_id, project_id, as_of desc);

create table freeze_figure (
  space_id uuid not null,
  freeze_id uuid not null,
  indicator_id uuid not null,
  indicator_version_id uuid not null,
  -- '' is the total; otherwise dimension=category pairs, sorted: 'oblast=…;type=fap'.
  cell text not null,
  value numeric,
  numerator numeric,
  denominator numeric,
  -- People behind the value, for small-cell suppression.
  base int not null,
  evidence_count int not null,
  digest text not null,
  primary key (space_id, freeze_id, indicator_id, cell),
  foreign key (space_id, freeze_id) references "freeze" (space_id, id)
);

create table freeze_evidence (
  space_id uuid not null,
  freeze_id uuid not null,
  indicator_id uuid not null,
  evidence_id uuid not null,
  primary key (space_id, freeze_id, indicator_id, evidence_id),
  foreign key (space_id, freeze_id) references "freeze" (space_id, id)
);
