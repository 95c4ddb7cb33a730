-- Who somebody is at another provider of identities; its own name for them never changes, their address may.
create table access_identity (
  issuer        text not null,
  subject       text not null,
  holder        uuid not null references access_user,
  created_at    timestamptz not null,
  used_at       timestamptz not null,
  primary key (issuer, subject)
);
create index access_identity_holder on access_identity (holder);

-- Roles that follow the groups of the provider are put anew at every sign-in; the others are left alone.
alter table access_member add column source text not null default 'here' check (source in ('here', 'provider'));
