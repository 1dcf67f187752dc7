-- What opens a person's data on a phone when the PIN is forgotten: the phone keeps its data key under this one, and this one never stays
-- on the phone. It is given only to a phone that is let in, so a new sign-in link is needed.
create table phone_key (
  space_id uuid not null,
  account_id uuid not null,
  key bytea not null check (length(key) = 32),
  created_at timestamptz not null default now(),
  primary key (space_id, account_id),
  foreign key (space_id, account_id) references account (space_id, id)
);
