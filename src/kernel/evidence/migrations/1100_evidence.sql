-- What one row counts, and the record that it stands on. Bitemporal: occurred_on decides the period,
-- recorded_at and ended_at decide whether the row existed at a moment. The id is made from measure, record and ordinal,
-- so that a rebuild gives the same rows.
create table evidence (
  space_id uuid not null,
  id uuid not null,
  measure text not null,
  record_id uuid not null,
  -- The first version of the record: a correction is told from a late arrival by it.
  root_id uuid not null,
  -- Counts the rows of one record under one measure over all its acceptances.
  ordinal int not null,
  subject_id uuid,
  quantity numeric not null,
  denominator numeric,
  occurred_on date not null,
  recorded_at timestamptz not null,
  place_id uuid,
  activity_id uuid,
  partner_id uuid,
  attributes jsonb not null default '{}',
  basis text not null default 'counted' check (basis in ('counted', 'estimated', 'reported')),
  ended_at timestamptz,
  end_cause text check (end_cause in ('corrected', 'withdrawn')),
  ended_by_record uuid,
  primary key (space_id, id)
);
create index evidence_measure on evidence (space_id, measure, occurred_on);
create index evidence_root on evidence (space_id, root_id);
create index evidence_subject on evidence (space_id, subject_id);
