-- The order of lists, one column per language, so that a page of a list is one walk along an index.
-- Kept in step with the newest name by the verbs that name.
alter table subject add column sort_ky text collate "ky-x-icu" not null default '';
alter table subject add column sort_ru text collate "ru-x-icu" not null default '';
alter table subject add column sort_en text collate "en-x-icu" not null default '';
create index subject_sort_ky on subject (space_id, kind, sort_ky, id) where removed_at is null;
create index subject_sort_ru on subject (space_id, kind, sort_ru, id) where removed_at is null;
create index subject_sort_en on subject (space_id, kind, sort_en, id) where removed_at is null;

-- subject_word also holds each word as it sounds in Latin letters, after a '~': 'айгул' and '~aigul'. That is how
-- Aigul, Айгүл and Айгуль find each other.
create index subject_word_of on subject_word (space_id, subject_id);
create index person_phone on person_detail (space_id, phone) where phone is not null;
create index relation_import on relation (space_id, import_id) where import_id is not null;
create index subject_of_import on subject (space_id, import_id) where import_id is not null;
create index relation_same on relation (space_id, kind) where kind in ('same_as', 'changed_type');
alter table relation add constraint relation_dates check (valid_to >= valid_from);
alter table subject add constraint subject_dates check (ends_on >= starts_on);
