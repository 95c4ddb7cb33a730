create extension if not exists pg_trgm;

-- Whole numbers with a meaning; the generated types carry it into TypeScript.
create domain minor as bigint;
create domain qty as bigint;
create domain rate as bigint;

create table audit_entry (
  id            uuid primary key,
  at            timestamptz not null,
  actor_kind    text not null check (actor_kind in ('user', 'system', 'setup')),
  actor         uuid,
  actor_name    text not null,
  command       text not null,
  input         jsonb not null,
  reason        text,
  about_table   text,
  about         uuid,
  place         uuid,
  trace_id      text not null,
  address       text,
  device        text
);
comment on table audit_entry is 'append-only: who did what, when, from where; written in the transaction of every command';
create index audit_entry_at on audit_entry (at desc, id desc);
create index audit_entry_actor on audit_entry (actor, at desc);
create index audit_entry_command on audit_entry (command, at desc);
create index audit_entry_about on audit_entry (about, at desc) where about is not null;

create table audit_change (
  id            uuid primary key,
  entry         uuid not null references audit_entry,
  table_name    text not null,
  record        uuid not null,
  version       integer,
  before        jsonb,
  after         jsonb
);
comment on table audit_change is 'append-only: the declared fields of a record before and after an entry';
create index audit_change_record on audit_change (record, id desc);
create index audit_change_entry on audit_change (entry);

-- The answer that a request got, so that its repetition gets the same one. Kept 30 days.
create table idempotency_key (
  key           text primary key check (length(key) between 8 and 200),
  actor         uuid,
  command       text not null,
  input_hash    text not null,
  answer        jsonb,
  at            timestamptz not null
);
create index idempotency_key_at on idempotency_key (at);

create table event (
  seq           bigint generated always as identity primary key,
  xid           xid8 not null default pg_current_xact_id(),
  name          text not null,
  place         uuid,
  data          jsonb not null,
  by            text not null,
  at            timestamptz not null
);
create index event_order on event (xid, seq);
create index event_at on event (at);

-- Numbers for people. One row for each document type, place and period; the row lock makes a series without gaps.
create table series (
  document      text not null,
  place         uuid,
  period        text not null,
  last          bigint not null default 0 check (last >= 0),
  unique nulls not distinct (document, place, period)
);

create table number_template (
  document      text primary key,
  template      text not null check (template ~ '\{N+\}'),
  -- How many characters of the day name a series: a year has four, a month seven, a day ten.
  reset         smallint not null check (reset in (0, 4, 7, 10))
);

create table file (
  id            uuid primary key,
  name          text not null check (length(name) <= 255),
  type          text not null,
  size          bigint not null check (size >= 0),
  sha256        text not null,
  -- Who may see the record may see the file.
  about_table   text,
  about         uuid,
  needs         text not null,
  created_at    timestamptz not null default now(),
  created_by    uuid
);
create index file_about on file (about) where about is not null;

create table saved_view (
  id            uuid primary key,
  owner         uuid not null,
  list          text not null,
  name          text not null check (length(name) between 1 and 80),
  search        jsonb not null,
  shared        boolean not null default false,
  created_at    timestamptz not null default now()
);
create index saved_view_list on saved_view (list, owner);

create table import_run (
  id            uuid primary key,
  kind          text not null,
  state         text not null default 'uploaded'
                check (state in ('uploaded', 'checking', 'checked', 'applying', 'applied', 'undoing', 'undone', 'failed')),
  name          text not null,
  path          text not null,
  header        jsonb not null,
  -- The first rows, so that whoever maps the columns sees what stands in them.
  samples       jsonb not null default '[]',
  mapping       jsonb not null,
  options       jsonb not null default '{}',
  rows_total    integer not null default 0,
  rows_new      integer not null default 0,
  rows_changed  integer not null default 0,
  rows_same     integer not null default 0,
  rows_refused  integer not null default 0,
  done          integer not null default 0,
  failure       text,
  created_by    uuid,
  created_at    timestamptz not null default now(),
  finished_at   timestamptz
);
create index import_run_kind on import_run (kind, created_at desc);

create table import_refusal (
  run           uuid not null references import_run on delete cascade,
  row_number    integer not null,
  field         text,
  problem       text not null,
  params        jsonb not null default '{}',
  cells         jsonb not null,
  id            bigint generated always as identity primary key
);
create index import_refusal_run on import_refusal (run, row_number);

-- What an applied import did to each record, so that the whole of it can be undone.
create table import_trace (
  id            bigint generated always as identity primary key,
  run           uuid not null references import_run on delete cascade,
  table_name    text not null,
  record        uuid not null,
  created       boolean not null,
  before        jsonb,
  after         jsonb
);
create index import_trace_run on import_trace (run, id);

create table import_mapping (
  kind          text not null,
  header_hash   text not null,
  mapping       jsonb not null,
  primary key (kind, header_hash)
);

create table setting (
  name          text primary key,
  value         jsonb not null,
  changed_at    timestamptz not null default now()
);

-- Answers to "may this table change?" with no, whoever asks.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = '42501';
end $$;

-- Published for the audit explorer.
create view audit_trail as select id, at, actor_kind, actor, actor_name, command, input, reason, about_table, about, place, trace_id, address, device from audit_entry;
create view audit_trail_change as select id, entry, table_name, record, version, before, after from audit_change;
