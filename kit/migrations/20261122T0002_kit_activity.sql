-- What people did without changing anything: sign-ins, refusals, exports, looking at personal data. Written beside the
-- requests, never in their way; when the buffer overflows, a row says how many are missing.
create table activity (
  id            uuid primary key,
  at            timestamptz not null,
  kind          text not null,
  actor         uuid,
  actor_name    text not null,
  about_table   text,
  about         uuid,
  place         uuid,
  facts         jsonb not null default '{}',
  trace_id      text not null,
  address       text,
  device        text
);
comment on table activity is 'append-only: what people did that changes nothing';
create index activity_at on activity (at desc, id desc);
create index activity_actor on activity (actor, at desc) where actor is not null;
create index activity_about on activity (about, at desc) where about is not null;
create index activity_kind on activity (kind, at desc);
