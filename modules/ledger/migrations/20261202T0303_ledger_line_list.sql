-- What moved on which account, line by line, whatever it was posted for.
create view ledger_line_list with (security_invoker = true) as
  select l.id, l.entry, e.at, l.business_day, l.account, l.party, e.place, e.document_kind, e.number, coalesce(l.memo, e.memo) as memo,
    greatest(l.amount::bigint, 0) as debit, greatest(-l.amount::bigint, 0) as credit
  from ledger_line l join ledger_entry e on e.id = l.entry;
