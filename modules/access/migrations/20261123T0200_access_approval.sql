-- What somebody may do only with a second person who agrees, and what that person said.
create table access_approval (
  id             uuid primary key,
  kinds          text[] not null,
  permissions    text[] not null,
  by_owner       boolean not null,
  place          uuid references place,
  command        text not null,
  -- Over who asks, the command and all of its input: another amount, another person, and it is another matter.
  content_hash   text not null,
  -- The input itself, encrypted, for whoever agrees to read and for being done later.
  content        text not null,
  facts          jsonb not null,
  state          text not null default 'needed' check (state in ('needed', 'asked', 'approved', 'rejected', 'withdrawn', 'used')),
  asked_by       uuid not null references access_user,
  asked_at       timestamptz not null,
  note           text,
  decided_by     uuid references access_user,
  decided_at     timestamptz,
  decision_note  text,
  used_at        timestamptz,
  expires_at     timestamptz not null,
  check (decided_by <> asked_by),
  check ((state in ('approved', 'rejected', 'used')) = (decided_by is not null))
);
create index access_approval_place on access_approval (place);
create index access_approval_asked_by on access_approval (asked_by, asked_at desc);
create index access_approval_decided_by on access_approval (decided_by, decided_at desc);
create index access_approval_open on access_approval (asked_at) where state = 'asked';
create unique index access_approval_content on access_approval (asked_by, content_hash) where state in ('needed', 'asked');
