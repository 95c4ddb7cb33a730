-- What a file brings besides its records when somebody asks for it: how much of it, by name.
alter table import_run add column taken jsonb not null default '{}';
-- It can't be deleted any more though nobody touched it: a paper of the import itself names it.
alter table import_trace add column stays boolean not null default false;

-- What is got after the rows are in, one by one: pictures that lie elsewhere.
create table import_later (
  id          bigint generated always as identity primary key,
  run         uuid not null references import_run on delete cascade,
  extra       text not null,
  row_number  integer not null,
  record      uuid not null,
  what        sealed not null check (seals(what, run))
);
create index import_later_run on import_later (run, id);
comment on table import_later is '[insiders]';
comment on column import_later.what is '[sealed: string]';
