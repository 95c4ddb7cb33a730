-- A value that is encrypted for one record: a mark, the generation of the data key, the record's id, then what AES-256-GCM made
-- of its JSON (kit/server/data/seal.ts). Generation 0 is not encrypted yet: it is what this migration makes of older values, and
-- the next start of the program seals it.
create domain sealed as bytea check (substring(value for 4) = '\x444b5301');

create function seal_later(id uuid, value jsonb) returns sealed language sql immutable as $$
  select case when value is null or value = 'null'::jsonb then null
    else ('\x444b53010000'::bytea || uuid_send(id) || convert_to(value::text, 'UTF8'))::sealed end
$$;

-- Does a value belong to this record? The database is the last judge of that too.
create function seals(value sealed, id uuid) returns boolean language sql immutable as $$
  select value is null or substring(value from 7 for 16) = uuid_send(id)
$$;

-- Rows of somebody's file hold what the file holds: names, telephone numbers, addresses.
alter table import_run alter column samples drop default;
alter table import_run alter column samples type sealed using seal_later(id, samples);
alter table import_run alter column header type sealed using seal_later(id, header);
alter table import_run add check (seals(samples, id)), add check (seals(header, id));
comment on column import_run.header is '[sealed: string[]]';
alter table import_refusal alter column params drop default;
alter table import_refusal alter column params type sealed using seal_later(run, params);
alter table import_refusal alter column cells type sealed using seal_later(run, cells);
alter table import_refusal add check (seals(params, run)), add check (seals(cells, run));
alter table import_trace alter column before type sealed using seal_later(run, before);
alter table import_trace alter column after type sealed using seal_later(run, after);
alter table import_trace add check (seals(before, run)), add check (seals(after, run));
comment on column import_run.samples is '[sealed: string[][]]';
comment on column import_refusal.params is '[sealed: Record<string, unknown>]';
comment on column import_refusal.cells is '[sealed: Record<string, string>]';
comment on column import_trace.before is '[sealed: Record<string, unknown>]';
comment on column import_trace.after is '[sealed: Record<string, unknown>]';

-- What was answered and may have to be answered again: whatever a command tells a person may be in it.
-- How what was asked used to be hashed could be guessed from.
delete from idempotency_key;
alter table idempotency_key alter column answer type sealed using seal_later(md5(key)::uuid, answer);
comment on column idempotency_key.answer is '[sealed: unknown]';
-- What somebody looked for may be a telephone number.
alter table saved_view alter column search type sealed using seal_later(id, search);
alter table saved_view add check (seals(search, id));
comment on column saved_view.search is '[sealed: Record<string, string>]';

-- A key that is no longer used for new values; what is left of its old ones can still be read.
alter table data_key add column retired_at timestamptz;

-- The next start seals what is of generation 0, and takes this away.
create function leave_to_be_sealed() returns void language sql as $$
  insert into setting (name, value) values ('kit.unsealed', 'true') on conflict (name) do nothing
$$;
select leave_to_be_sealed();

-- Since when nothing is sealed with an older key. What checkpoints are signed with is kept too: it outlives the master key.
alter table data_key add column resealed_at timestamptz;
alter table data_key drop constraint data_key_use_check;
alter table data_key add check (use in ('fields', 'index', 'signer'));
