-- Of one address at most one publication is live; what replaced it or took it away is dated.
create unique index publication_live on publication (space_id, kind, slug)
  where superseded_at is null and withdrawn_at is null;
alter table article add column created_at timestamptz not null default now();
alter table article add column created_by uuid;
alter table article add column changed_at timestamptz not null default now();
create index article_order on article (space_id, kind, happened_on desc nulls last, id desc);
