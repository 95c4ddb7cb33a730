-- What the dry run leaves to a person to decide, and what it took with a warning.
alter table import_run
  add column findings jsonb not null default '{}',
  add column rows_warned integer not null default 0,
  -- How often it broke; a restart of the program is none.
  add column failures integer not null default 0,
  add column moved_at timestamptz not null default now(),
  add column size bigint not null default 0;
create index import_run_by on import_run (created_by, created_at);
alter table import_refusal add column is_warning boolean not null default false;
alter table import_mapping add column options jsonb not null default '{}';
