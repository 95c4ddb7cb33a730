-- A draft may say later what it is for.
alter table ledger_journal
  alter column memo drop not null,
  add constraint ledger_journal_memo_when check (memo is not null or state in ('draft', 'cancelled'));
