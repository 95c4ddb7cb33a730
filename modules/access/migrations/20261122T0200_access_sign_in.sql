-- Counters of attempts. They hold across processes; a crash may forget them, so they cost no journal.
create unlogged table access_throttle (
  key           varchar(255) primary key,
  points        integer not null default 0,
  expire        bigint
);
create index access_throttle_expire on access_throttle (expire);

alter table access_user
  drop column failures,
  drop column locked_until,
  add column must_change_password boolean not null default false,
  add column password_changed_at timestamptz,
  -- The last sign-in with more than a PIN.
  add column last_password_at timestamptz;

alter table access_session
  -- When its holder last proved who they are; null after a sign-in that proves little, like a PIN.
  add column proven_at timestamptz,
  add column methods text[] not null default '{}',
  add column idle_minutes integer not null default 60 check (idle_minutes > 0),
  -- After this many minutes without a hand on it, a shared device asks for a PIN.
  add column lock_minutes integer check (lock_minutes > 0),
  add column locked_at timestamptz;

-- A sign-in under way: between the first proof and the session.
create table access_sign_in (
  token_hash    text primary key,
  holder        uuid references access_user,
  state         text not null check (state in ('begun', 'secondAsked', 'enrolmentAsked', 'passwordAsked', 'completed', 'refused')),
  proofs        text[] not null default '{}',
  -- What an answer must match: the challenge of a passkey, the hash of a code that was mailed.
  challenge     text,
  tries         integer not null default 0,
  created_at    timestamptz not null,
  expires_at    timestamptz not null
);
create index access_sign_in_holder on access_sign_in (holder);
create index access_sign_in_expires on access_sign_in (expires_at);

-- A second way to prove who one is, or a passkey, which is the first and the second in one.
create table access_factor (
  id            uuid primary key,
  holder        uuid not null references access_user,
  kind          text not null check (kind in ('totp', 'passkey')),
  name          text not null,
  state         text not null default 'proposed' check (state in ('proposed', 'active', 'removed')),
  -- The seed of the codes, encrypted; empty once removed.
  secret        text,
  -- The step of the last code that was taken: each code works once.
  last_step     bigint,
  credential    text unique,
  public_key    text,
  sign_count    bigint not null default 0,
  transports    text[] not null default '{}',
  backed_up     boolean not null default false,
  created_at    timestamptz not null,
  used_at       timestamptz,
  check (kind <> 'passkey' or credential is not null)
);
create index access_factor_holder on access_factor (holder);
create unique index access_factor_one_app on access_factor (holder) where kind = 'totp' and state = 'active';

create table access_backup_code (
  holder        uuid not null references access_user,
  slot          smallint not null check (slot between 0 and 9),
  hash          text not null,
  used_at       timestamptz,
  used_from     text,
  primary key (holder, slot)
);

-- A browser in which somebody has signed in before: strangers' mistakes don't lock it out, and it may be trusted for a while.
create table access_browser (
  token_hash    text not null,
  holder        uuid not null references access_user,
  device        text,
  first_at      timestamptz not null,
  last_at       timestamptz not null,
  trusted_until timestamptz,
  primary key (token_hash, holder)
);
create index access_browser_holder on access_browser (holder);

-- A forgotten password: one link and one code, either of which works once.
create table access_reset (
  id            uuid primary key,
  holder        uuid not null references access_user,
  token_hash    text not null unique,
  code_hash     text not null,
  tries         integer not null default 0,
  created_at    timestamptz not null,
  expires_at    timestamptz not null,
  used_at       timestamptz
);
create index access_reset_holder on access_reset (holder, created_at desc);
