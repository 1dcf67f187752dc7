-- A version without a stated last day holds until the next one begins, so that nothing is written over when a version gives way:
-- valid_to is only what somebody stated, with the moment in valid_to_at. Taking a version back is a fact with who and when.
-- With these moments it can be asked at any time what was known at any other.
alter table source_version add column valid_to_at timestamptz;
alter table source_version add column valid_to_by uuid;
alter table source_version add column undone_at timestamptz;
alter table source_version add column undone_by uuid;
alter table source_version add column undone_reason text;
update source_version v set valid_to = null
where exists (select 1 from source_version n where n.space_id = v.space_id and n.source_id = v.source_id and n.valid_from = v.valid_to + 1);
update source_version set valid_to_at = added_at where valid_to is not null;
alter table source_version add constraint source_version_end check ((valid_to is null) = (valid_to_at is null));

-- The numbers of a row, where the source is a table: {"met": 18, "partly": 16}.
alter table source_row add column numbers jsonb not null default '{}';
