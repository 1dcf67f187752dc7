-- When bytes last came into the store, noted before they lie there. Bytes that no space holds some days later are removed;
-- who brings them again at that moment waits for this row.
create table file_arrival (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  arrived_at timestamptz not null default now()
);
create index file_arrival_by_time on file_arrival (arrived_at);
