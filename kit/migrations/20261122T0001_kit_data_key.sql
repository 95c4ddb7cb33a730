-- Keys that fields are encrypted with, each wrapped by the master key, which is never in the database.
create table data_key (
  use           text not null check (use in ('fields', 'index')),
  generation    integer not null check (generation > 0),
  wrapped       text not null,
  -- The fingerprint of the master key that wraps it, so that a wrong one is told from a broken row.
  master        text not null,
  created_at    timestamptz not null default now(),
  primary key (use, generation)
);
