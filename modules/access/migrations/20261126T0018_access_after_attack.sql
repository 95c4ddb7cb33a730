-- Several people may claim one address until one of them shows that it is theirs; the code goes with the browser that asked.
alter table access_registration add column browser_hash text;
drop index access_registration_open;
create unique index access_registration_open on access_registration (email_index) where state in ('verified', 'pending');
create index access_registration_begun on access_registration (email_index) where state = 'begun';

-- A bound session gets another token with every proof of its device; the one before goes on for some seconds.
alter table access_session add column previous_hash text, add column previous_until timestamptz;
create index access_session_previous on access_session (previous_hash) where previous_hash is not null;

-- Addresses and numbers that somebody had before, by their blind indexes: what is erased later knows them too.
alter table access_user add column former_indexes text[] not null default '{}';

-- Hashes of what was asked could be guessed from; they are keyed from now on.
update access_approval set content_hash = id::text;
