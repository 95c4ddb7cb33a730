-- What an entry is about is not always the sum of its debits: a sale is about what the customer paid, beside which the same
-- entry takes goods out of stock at their cost. What stands aside is kept, the headline follows from it.
alter table ledger_entry add column aside minor not null default 0;
-- It is put up again after every migration.
drop trigger if exists append_only on ledger_entry;
update ledger_entry e set aside = c.cost from (
  select l.entry, sum(l.amount) as cost from ledger_line l join ledger_account a on a.id = l.account
  where a.part = 'costOfSales' and l.amount > 0 group by l.entry) c
where c.entry = e.id and e.document_kind = 'pos.sale';
alter table ledger_entry add column headline minor generated always as ((amount::bigint - aside::bigint)::minor) stored not null;
