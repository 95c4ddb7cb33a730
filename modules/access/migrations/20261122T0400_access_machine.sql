-- A program of somebody's own that calls the API in their name, with fewer rights than theirs or as many.
create table access_api_key (
  id            uuid primary key,
  holder        uuid not null references access_user,
  name          text not null,
  -- The first characters, by which people tell their keys apart; the rest is kept hashed.
  prefix        text not null,
  token_hash    text not null unique,
  permissions   text[] not null,
  -- Networks that it may be used from, as CIDR; none means any.
  addresses     text[] not null default '{}',
  rate          integer not null check (rate between 1 and 6000),
  state         text not null default 'active' check (state in ('active', 'revoked')),
  expires_at    timestamptz,
  used_at       timestamptz,
  used_from     text,
  created_at    timestamptz not null
);
create index access_api_key_holder on access_api_key (holder);

-- A session of an app lives by tokens and not by a cookie; its family names it in them.
alter table access_session add column family uuid unique;

-- What an app shows once for its first tokens: the code that its user's browser brought it.
create table access_app_code (
  code_hash     text primary key,
  holder        uuid not null references access_user,
  challenge     text not null,
  redirect      text not null,
  app           text not null,
  methods       text[] not null,
  expires_at    timestamptz not null
);
create index access_app_code_holder on access_app_code (holder);

-- Refresh tokens. Each is used once; one that is used again ends its whole family.
create table access_refresh (
  id            uuid primary key,
  family        uuid not null references access_session (family) on delete cascade,
  token_hash    text not null unique,
  parent        uuid references access_refresh on delete cascade,
  created_at    timestamptz not null,
  expires_at    timestamptz not null,
  used_at       timestamptz,
  revoked_at    timestamptz
);
create index access_refresh_family on access_refresh (family);
create index access_refresh_parent on access_refresh (parent);

-- Keys that access tokens are signed with; the private half is encrypted.
create table access_signing_key (
  kid           text primary key,
  public_jwk    jsonb not null,
  private_jwk   text not null,
  created_at    timestamptz not null
);
