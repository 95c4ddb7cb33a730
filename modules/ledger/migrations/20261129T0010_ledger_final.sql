-- Closing a month closes all before it: an entry of July is refused once August is closed.
create or replace function ledger_period_open() returns trigger language plpgsql as $$
begin
  if exists (select from written w join ledger_period p on p.first_day >= date_trunc('month', w.business_day)::date where p.state = 'closed') then
    raise exception 'the period is closed' using errcode = '23514', constraint = 'ledger_period_open';
  end if;
  return null;
end $$;

-- Years that a shop can mean.
alter table ledger_entry add constraint ledger_entry_business_day check (business_day >= '2000-01-01' and business_day < '2200-01-01') not valid;

-- A document posts once for each purpose, whatever calls it twice. Entries from before have their own id as purpose.
alter table ledger_entry add column purpose text, add column source uuid;
update ledger_entry set purpose = case when document_kind in ('journal', 'pos.sale') then '' else id::text end;
alter table ledger_entry alter column purpose set not null, alter column purpose set default '';
create unique index ledger_entry_once on ledger_entry (document, document_kind, purpose);
drop index ledger_entry_document;

-- The sums are kept by the ledger itself, so that they say what its lines say: nobody else writes them.
create or replace function ledger_balanced() returns trigger language plpgsql security definer set search_path = public as $$
declare odd uuid;
begin
  select entry into odd from written group by entry having sum(amount) <> 0 limit 1;
  if odd is not null then
    raise exception 'entry % does not balance', odd using errcode = '23514', constraint = 'ledger_entry_balances';
  end if;
  insert into ledger_balance (account, business_day, source, debit, credit)
    select w.account, w.business_day, coalesce(e.source, '00000000-0000-7000-8000-000000000000'),
      coalesce(sum(w.amount) filter (where w.amount > 0), 0), -coalesce(sum(w.amount) filter (where w.amount < 0), 0)
    from written w join ledger_entry e on e.id = w.entry group by 1, 2, 3 order by 1, 2, 3
    on conflict (account, business_day, source) do update set debit = ledger_balance.debit + excluded.debit, credit = ledger_balance.credit + excluded.credit;
  return null;
end $$;
comment on table ledger_balance is 'kept by triggers: the sums of the money ledger by account, day and till [insiders]';
