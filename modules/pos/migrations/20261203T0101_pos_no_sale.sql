-- A drawer that is opened though nobody pays: who, why and when.
create table pos_no_sale (
  id             uuid primary key,
  shift          uuid not null references pos_shift,
  reason         text not null,
  opened_by      uuid not null references access_user,
  at             timestamptz not null
);
create index pos_no_sale_shift on pos_no_sale (shift, at);
create index pos_no_sale_by on pos_no_sale (opened_by, at);
comment on table pos_no_sale is 'append-only: drawers opened without a sale [insiders]';

-- Every pulse that opens a drawer, and what it was opened for: once for each.
create table pos_drawer_pulse (
  -- A sale that was paid in cash, a return that was paid back in cash, a cash move, or a no-sale.
  document       uuid primary key,
  shift          uuid not null references pos_shift,
  cause          text not null check (cause in ('sale', 'return', 'cash', 'noSale')),
  opened_by      uuid references access_user,
  at             timestamptz not null
);
create index pos_drawer_pulse_shift on pos_drawer_pulse (shift, at);
create index pos_drawer_pulse_by on pos_drawer_pulse (opened_by, at);
comment on table pos_drawer_pulse is 'append-only: what a drawer was opened for [insiders]';
