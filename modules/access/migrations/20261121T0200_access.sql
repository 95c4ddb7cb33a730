create table access_user (
  id             uuid primary key,
  name           text not null,
  email          text not null unique check (email = lower(email)),
  state          text not null default 'active' check (state in ('active', 'disabled')),
  password_hash  text,
  pin_hash       text,
  locale         text not null default 'en' check (locale ~ '^[a-z]{2,3}(-[A-Z]{2})?$'),
  digits         text not null default 'latn' check (digits in ('latn', 'arab')),
  failures       integer not null default 0,
  locked_until   timestamptz,
  pin_failures   integer not null default 0,
  pin_locked_until timestamptz,
  last_seen_at   timestamptz,
  created_at     timestamptz not null default now(),
  version        integer not null default 1
);

-- A person holds a role everywhere (no place) or at one place.
create table access_member (
  id             uuid primary key,
  holder         uuid not null references access_user,
  role           text not null check (role in ('owner', 'manager', 'cashier', 'stockKeeper', 'accountant', 'auditor')),
  place          uuid references place,
  unique nulls not distinct (holder, role, place)
);
create index access_member_place on access_member (place);

create table access_session (
  token_hash     text primary key,
  holder         uuid not null references access_user,
  created_at     timestamptz not null,
  seen_at        timestamptz not null,
  expires_at     timestamptz not null,
  address        text,
  device         text
);
create index access_session_holder on access_session (holder);

create table access_invitation (
  id             uuid primary key,
  email          text not null check (email = lower(email)),
  name           text not null,
  role           text not null,
  place          uuid references place,
  token_hash     text not null unique,
  state          text not null default 'sent' check (state in ('sent', 'accepted', 'withdrawn')),
  invited_by     uuid references access_user,
  created_at     timestamptz not null,
  expires_at     timestamptz not null
);
create index access_invitation_place on access_invitation (place);
create index access_invitation_invited_by on access_invitation (invited_by);

-- Published for other modules to join: who somebody is, and nothing more.
create view access_user_name as select id, name from access_user;
