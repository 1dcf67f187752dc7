-- What shows a record, and what a withdrawn consent must reach, is found by the entries of the manifest.
create index publication_shows on publication using gin (manifest jsonb_path_ops) where superseded_at is null and withdrawn_at is null;
