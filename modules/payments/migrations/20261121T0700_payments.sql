create table payment_method (
  id             uuid primary key,
  name           text not null unique,
  kind           text not null check (kind in ('cash', 'card', 'mobile', 'bank', 'credit')),
  -- Cash goes to the drawer of the till; everything else to this account.
  account        uuid references ledger_account,
  needs_reference boolean not null default false,
  position       integer not null default 0,
  version        integer not null default 1,
  archived_at    timestamptz,
  check ((kind = 'cash') = (account is null))
);
create index payment_method_account on payment_method (account);

-- Published for reports of other modules.
create view payment_method_name as select id, name, kind from payment_method;
