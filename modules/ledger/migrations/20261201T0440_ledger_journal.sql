-- A manual entry is written as a paper: a draft that others go on with, posted once, taken back once.
create table ledger_journal (
  id             uuid primary key,
  -- Given when it is posted: what comes to nothing leaves no gap.
  number         text unique,
  state          text not null default 'draft' check (state in ('draft', 'posted', 'reversed', 'cancelled')),
  memo           text not null,
  business_day   date not null,
  place          uuid references place,
  amount         minor not null default 0 check (amount >= 0),
  -- The entries are written with the end of the transaction.
  entry          uuid unique references ledger_entry deferrable initially deferred,
  reversal       uuid unique references ledger_entry deferrable initially deferred,
  created_by     uuid references access_user,
  created_at     timestamptz not null default now(),
  posted_by      uuid references access_user,
  posted_at      timestamptz,
  reversed_by    uuid references access_user,
  reversed_at    timestamptz,
  reason         text,
  version        integer not null default 1,
  constraint ledger_journal_posted_when check ((state in ('posted', 'reversed')) = (entry is not null)),
  constraint ledger_journal_reversed_when check ((state = 'reversed') = (reversal is not null)),
  constraint ledger_journal_numbered_when check ((number is not null) = (entry is not null))
);
create index ledger_journal_created on ledger_journal (created_at desc, id desc);
create index ledger_journal_state on ledger_journal (state, created_at desc);
create index ledger_journal_place on ledger_journal (place, created_at desc);
create index ledger_journal_business_day on ledger_journal (business_day);
create index ledger_journal_created_by on ledger_journal (created_by);
create index ledger_journal_posted_by on ledger_journal (posted_by);
create index ledger_journal_reversed_by on ledger_journal (reversed_by);
comment on table ledger_journal is '[insiders]';

create table ledger_journal_line (
  id             uuid primary key,
  document       uuid not null references ledger_journal,
  position       integer not null,
  account        uuid references ledger_account,
  memo           text,
  debit          minor check (debit >= 0),
  credit         minor check (credit >= 0),
  party          uuid references party,
  unique (document, position) deferrable initially deferred
);
create index ledger_journal_line_account on ledger_journal_line (account);
create index ledger_journal_line_party on ledger_journal_line (party) where party is not null;
comment on table ledger_journal_line is '[insiders]';

-- What was posted by hand until now gets its paper, under the id of its entry.
insert into ledger_journal (id, number, state, memo, business_day, place, amount, entry, reversal, created_by, created_at, posted_by, posted_at,
    reversed_by, reversed_at, reason)
  select e.id, coalesce(e.number, e.id::text), case when r.id is null then 'posted' else 'reversed' end, coalesce(e.memo, e.number, '—'),
    e.business_day, e.place, e.amount, e.id, r.id, e.posted_by, e.at, e.posted_by, e.at, r.posted_by, r.at, r.memo
  from ledger_entry e left join ledger_entry r on r.reverses = e.id where e.document_kind = 'journal';
insert into ledger_journal_line (id, document, position, account, memo, debit, credit, party)
  select l.id, l.entry, row_number() over (partition by l.entry order by l.id) - 1, l.account, l.memo,
    case when l.amount > 0 then l.amount end, case when l.amount < 0 then -l.amount end, l.party
  from ledger_line l join ledger_journal j on j.id = l.entry;

-- The kind is called after the paper. It is put up again after every migration.
drop trigger if exists append_only on ledger_entry;
update ledger_entry set document_kind = 'ledger.journal' where document_kind = 'journal';
select rename_series('journal', 'ledger.journal');
