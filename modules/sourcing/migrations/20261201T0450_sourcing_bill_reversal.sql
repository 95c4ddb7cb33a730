-- An invoice that was taken back: a fact beside it, as the invoice is one.
create table sourcing_bill_reversal (
  bill          uuid primary key references sourcing_bill,
  reason        text not null,
  business_day  date not null,
  reversed_by   uuid not null references access_user,
  reversed_at   timestamptz not null
);
create index sourcing_bill_reversal_by on sourcing_bill_reversal (reversed_by);
comment on table sourcing_bill_reversal is 'append-only: invoices of suppliers that were taken back [insiders]';

-- What was taken back may be entered again under its number: how often it was taken back before stands beside it.
alter table sourcing_bill add column again integer not null default 0 check (again >= 0);
alter table sourcing_bill drop constraint sourcing_bill_supplier_number_key;
alter table sourcing_bill add constraint sourcing_bill_once unique (supplier, number, again);
