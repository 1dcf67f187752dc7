-- The records of some days are put in order from the index alone, before the first of them is read.
drop index record_occurred;
create index record_days on record (space_id, occurred_on, received_at, id);
