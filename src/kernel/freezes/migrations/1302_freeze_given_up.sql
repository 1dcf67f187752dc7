-- The last of all tries broke: nothing more happens by itself.
alter table freeze_request add column given_up_at timestamptz;
