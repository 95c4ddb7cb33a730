create table ledger_account (
  id             uuid primary key,
  code           text not null unique check (code ~ '^[0-9A-Z.-]{1,20}$'),
  name           text not null,
  kind           text not null check (kind in ('asset', 'liability', 'equity', 'income', 'expense')),
  -- The part that this account plays in postings; each part has one account at most.
  part           text unique,
  -- Where money lies: a drawer, a safe, a bank account, a mobile wallet, card takings on their way.
  holds          text check (holds in ('drawer', 'safe', 'bank', 'wallet', 'card')),
  place          uuid references place,
  version        integer not null default 1,
  archived_at    timestamptz
);
create index ledger_account_place on ledger_account (place);

create table ledger_period (
  id             uuid primary key,
  first_day      date not null unique check (extract(day from first_day) = 1),
  state          text not null default 'open' check (state in ('open', 'closed')),
  changed_by     uuid,
  changed_at     timestamptz,
  reason         text,
  version        integer not null default 1
);

create table ledger_entry (
  id             uuid primary key,
  at             timestamptz not null,
  business_day   date not null,
  place          uuid references place,
  document_kind  text not null
                 check (document_kind in ('journal', 'pos.sale', 'pos.shift', 'pos.cash', 'inventory.receipt', 'inventory.adjustment',
                                          'inventory.count', 'inventory.transfer')),
  document       uuid not null,
  number         text,
  memo           text,
  -- The sum of its debits, which is that of its credits.
  amount         minor not null check (amount > 0),
  reverses       uuid unique references ledger_entry,
  posted_by      uuid
);
comment on table ledger_entry is 'append-only: the money ledger';
create index ledger_entry_at on ledger_entry (at desc, id desc);
create index ledger_entry_document on ledger_entry (document);
create index ledger_entry_place on ledger_entry (place, business_day);

create table ledger_line (
  id             uuid primary key,
  entry          uuid not null references ledger_entry,
  account        uuid not null references ledger_account,
  -- Debit above zero, credit below.
  amount         minor not null check (amount <> 0),
  business_day   date not null,
  party          uuid references party,
  memo           text
);
comment on table ledger_line is 'append-only: debits above zero, credits below; the lines of an entry add up to zero';
create index ledger_line_entry on ledger_line (entry);
create index ledger_line_account on ledger_line (account, business_day, id);
create index ledger_line_party on ledger_line (party, business_day) where party is not null;

-- Sums kept beside the ledger. `source` is the till that writes them, so that tills never wait for one another here.
create table ledger_balance (
  account        uuid not null references ledger_account,
  business_day   date not null,
  source         uuid not null,
  debit          minor not null default 0 check (debit >= 0),
  credit         minor not null default 0 check (credit >= 0),
  primary key (account, business_day, source)
);

-- All lines of an entry are written by one statement, so the sum can be judged right there.
create function ledger_balanced() returns trigger language plpgsql as $$
declare odd uuid;
begin
  select entry into odd from written group by entry having sum(amount) <> 0 limit 1;
  if odd is not null then
    raise exception 'entry % does not balance', odd using errcode = '23514', constraint = 'ledger_entry_balances';
  end if;
  return null;
end $$;
create trigger ledger_balanced after insert on ledger_line referencing new table as written
  for each statement execute function ledger_balanced();

create function ledger_period_open() returns trigger language plpgsql as $$
begin
  if exists (select from written w join ledger_period p on p.first_day = date_trunc('month', w.business_day)::date where p.state = 'closed') then
    raise exception 'the period is closed' using errcode = '23514', constraint = 'ledger_period_open';
  end if;
  return null;
end $$;
create trigger ledger_period_open after insert on ledger_entry referencing new table as written
  for each statement execute function ledger_period_open();
