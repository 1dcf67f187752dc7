-- What the form was made from and for: the workbook's own name, and the entity lists and files that its questions read.
alter table form_version add column file_name text not null default '';
-- External files that the form asks for by name, whether they were uploaded or are made on reading (facilities.csv).
alter table form_version add column wanted_files text[] not null default '{}';
create index form_version_published on form_version (space_id, form_id, published_at desc) where published_at is not null;
