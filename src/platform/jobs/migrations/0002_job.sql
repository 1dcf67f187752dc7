-- Work for later: mail, pictures and files only. Written in the transaction that wants it.
create table job (
  id uuid primary key,
  space_id uuid not null,
  kind text not null,
  payload jsonb not null,
  run_at timestamptz not null default now(),
  attempts int not null default 0,
  locked_until timestamptz,
  finished_at timestamptz,
  failed_at timestamptz,
  last_error text,
  created_at timestamptz not null default now()
);
create index job_waiting on job (run_at) where finished_at is null and failed_at is null;
