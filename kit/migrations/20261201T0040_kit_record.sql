-- What people write on a record. Its text is sealed, because anything may stand in it; whoever takes it back leaves only that they did.
create table note (
  id            uuid primary key,
  about_table   text not null,
  about         uuid not null,
  text          sealed,
  mentions      uuid[] not null default '{}',
  created_by    uuid not null,
  created_at    timestamptz not null default now(),
  withdrawn_at  timestamptz,
  check (seals(text, id)),
  check ((text is null) = (withdrawn_at is not null)),
  check (cardinality(mentions) <= 20)
);
create index note_about on note (about, created_at desc, id desc);

-- Who hears of what happens to a record.
create table follow (
  user_id      uuid not null,
  about_table  text not null,
  about        uuid not null,
  since        timestamptz not null default now(),
  primary key (about, user_id)
);
create index follow_user on follow (user_id);

-- What somebody is told of. About a record it tells no more than who did what: what the record is called is looked up when it is
-- read, for those who may see it then.
create table notice (
  id           uuid primary key,
  user_id      uuid not null,
  kind         text not null check (length(kind) <= 80),
  about_table  text,
  about        uuid,
  caused_by    uuid,
  facts        jsonb not null default '{}',
  at           timestamptz not null default now(),
  read_at      timestamptz,
  mailed_at    timestamptz,
  check ((about_table is null) = (about is null))
);
create index notice_user on notice (user_id, id desc);
create index notice_unread on notice (user_id, id desc) where read_at is null;
create index notice_about on notice (about) where about is not null;
-- Those of the last day that nobody has read or been mailed.
create index notice_unmailed on notice (at) where read_at is null and mailed_at is null;

-- Which kinds of notices somebody wants, where they differ from what everybody gets.
create table notice_choice (
  user_id  uuid not null,
  kind     text not null check (length(kind) <= 80),
  bell     boolean not null default true,
  mail     text not null default 'never' check (mail in ('never', 'daily')),
  primary key (user_id, kind)
);

-- A file that somebody put on a record is seen by those who see the record, and is no picture of it.
alter table file add column attached boolean not null default false;
create index file_attached on file (about, created_at desc, id desc) where attached;

-- What people from outside see of these: see duka_sellers().
comment on table note is '[insiders]';
comment on table follow is '[insiders]';
comment on table notice is '[insiders]';
comment on table notice_choice is '[insiders]';
