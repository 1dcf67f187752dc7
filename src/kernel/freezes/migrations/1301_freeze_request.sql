-- A report that somebody asked to have frozen; a job does it. The id was made with the form, so that a second press of the button asks
-- for the same report; the freeze gets the same id.
create table freeze_request (
  space_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  title jsonb not null,
  period_from date not null,
  period_to date not null check (period_to >= period_from),
  asked_at timestamptz not null default now(),
  asked_by uuid not null,
  -- Indicators drawn, of how many.
  done int not null default 0,
  total int not null,
  finished_at timestamptz,
  -- The last try broke; the job tries again by itself.
  failed_at timestamptz,
  primary key (space_id, id)
);
