-- What was typed on a page to connect Duka with a service of others: keys and passwords, sealed, each about its own id.
create table outside_secret (
  id      text primary key check (id ~ '^\w+\.\w+$'),
  value   text not null,
  set_at  timestamptz not null,
  set_by  uuid
);
comment on table outside_secret is '[insiders]';

-- How the last try of each connection went.
create table outside_test (
  adapter     text primary key,
  is_working  boolean not null,
  said        text not null,
  facts       jsonb not null,
  tested_at   timestamptz not null,
  tested_by   uuid
);
comment on table outside_test is '[insiders]';

-- Work that is done by the clock: when it is due next, by which rule that was worked out, and how it went last.
create table scheduled_work (
  name        text primary key,
  rule        text not null,
  next_at     timestamptz not null,
  asked_at    timestamptz,
  started_at  timestamptz,
  ended_at    timestamptz,
  result      text check (result in ('ok', 'failed')),
  error       text,
  check ((result is null) = (ended_at is null)),
  check ((error is not null) = (result is not distinct from 'failed'))
);
comment on table scheduled_work is '[insiders]';
create index scheduled_work_next on scheduled_work (next_at);
