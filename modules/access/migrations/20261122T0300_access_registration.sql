-- Somebody who asks to be let in. They have no rights, and are nobody, until they are approved.
create table access_registration (
  id            uuid primary key,
  email         text not null check (email = lower(email)),
  name          text not null,
  phone         text,
  locale        text not null,
  password_hash text,
  state         text not null default 'begun' check (state in ('begun', 'pending', 'approved', 'rejected')),
  -- A keyed hash of the code that was mailed, how often it was mistyped, and until when it works.
  code_hash     text,
  tries         integer not null default 0,
  code_until    timestamptz,
  reason        text,
  decided_by    uuid references access_user,
  decided_at    timestamptz,
  created_at    timestamptz not null,
  check ((state in ('approved', 'rejected')) = (decided_at is not null)),
  -- What is decided keeps no password.
  check (decided_at is null or password_hash is null)
);
create unique index access_registration_open on access_registration (email) where state in ('begun', 'pending');
create index access_registration_state on access_registration (state, created_at desc);
create index access_registration_decided_by on access_registration (decided_by);
