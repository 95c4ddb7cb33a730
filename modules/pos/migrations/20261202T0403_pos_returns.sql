-- A sale of the open shift may be voided: it keeps its number, and its entries stand reversed beside it.
alter table pos_sale drop constraint pos_sale_state_check;
alter table pos_sale add constraint pos_sale_state_check check (state in ('completed', 'voided'));
-- What of a sale was paid by goods that came back for it.
alter table pos_sale add column exchanged minor not null default 0 check (exchanged between 0 and total);
comment on table pos_sale is 'append-only except state: a completed sale [insiders]';

create table pos_void (
  sale           uuid primary key references pos_sale,
  shift          uuid not null references pos_shift,
  place          uuid not null references place,
  reason         text not null,
  voided_by      uuid not null references access_user,
  agreed_by      uuid references access_user,
  voided_at      timestamptz not null
);
create index pos_void_shift on pos_void (shift);
create index pos_void_place on pos_void (place, voided_at);
create index pos_void_by on pos_void (voided_by);
create index pos_void_agreed on pos_void (agreed_by) where agreed_by is not null;
comment on table pos_void is 'append-only: sales that were voided [insiders]';

-- The message of a payment whose sale was voided may pay the sale that is rung up in its place.
alter table pos_tender add column is_void boolean not null default false;
comment on table pos_tender is 'append-only except is_void: what was paid [insiders]';
drop index pos_tender_reference;
create unique index pos_tender_reference on pos_tender (method, reference_key) where reference_key is not null and not is_void;

-- What was sold and what came back, for figures: a return counts with what it took away, a void not at all.
create or replace view pos_sale_fact with (security_invoker = true) as
  select id, place, till, shift, business_day, cashier, customer, completed_at, net, tax, discount, rounding, total, cost, false as is_return
  from pos_sale where state = 'completed'
  union all
  select id, place, desk, shift, business_day, taken_by, customer, taken_at, (-net)::minor, (-tax)::minor, (-discount)::minor,
    (-rounding)::minor, (-total)::minor, (-cost)::minor, true
  from return_fact;
create or replace view pos_sale_line_fact with (security_invoker = true) as
  select sale, variant, name, quantity, discount, net, tax, cost, tax_code, tax_rate from pos_sale_line
  union all
  select return, variant, name, (-quantity)::qty, (-discount)::minor, (-net)::minor, (-tax)::minor, (-cost)::minor, tax_code, tax_rate
  from return_line_fact;
create or replace view pos_tender_fact with (security_invoker = true) as
  select sale, method, kind, amount from pos_tender
  union all
  select return, method, kind, (-amount)::minor from return_refund_fact;

-- The same line by line, for lists: what came back names its return.
drop view pos_sale_line_list;
create view pos_sale_line_list with (security_invoker = true) as
  select l.id, l.sale, null::uuid as return, s.completed_at, s.business_day, s.place, s.cashier, l.variant, l.name, l.sku, l.quantity,
    l.discount, l.net, l.tax, (l.net + l.tax)::bigint as total, l.cost, l.tax_code, l.tax_rate
  from pos_sale_line l join pos_sale s on s.id = l.sale where s.state = 'completed'
  union all
  select l.id, null, l.return, n.taken_at, n.business_day, n.place, n.taken_by, l.variant, l.name, l.sku, (-l.quantity)::qty,
    (-l.discount)::minor, (-l.net)::minor, (-l.tax)::minor, (-l.net - l.tax)::bigint, (-l.cost)::minor, l.tax_code, l.tax_rate
  from return_line_fact l join return_fact n on n.id = l.return;
