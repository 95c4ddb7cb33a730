create table pos_till (
  id             uuid primary key,
  place          uuid not null references place,
  name           text not null,
  code           text not null unique check (code ~ '^[A-Z0-9]{1,8}$'),
  location       uuid not null references inventory_location,
  drawer         uuid not null unique references ledger_account,
  version        integer not null default 1,
  archived_at    timestamptz,
  unique (place, name)
);
create index pos_till_location on pos_till (location);

-- A location that a till sells from stays open.
create function pos_keep_location() returns trigger language plpgsql as $$
begin
  if exists (select from pos_till where location = new.id and archived_at is null) then
    raise exception 'a till sells from this location' using errcode = 'check_violation', constraint = 'pos_till_sells';
  end if;
  return new;
end $$;
create trigger pos_keep_location before update of archived_at on inventory_location
  for each row when (old.archived_at is null and new.archived_at is not null) execute function pos_keep_location();

create table pos_shift (
  id             uuid primary key,
  number         text not null unique,
  till           uuid not null references pos_till,
  place          uuid not null references place,
  business_day   date not null,
  state          text not null default 'open' check (state in ('open', 'closed')),
  opened_at      timestamptz not null,
  opened_by      uuid not null references access_user,
  float          minor not null check (float >= 0),
  closed_at      timestamptz,
  closed_by      uuid references access_user,
  expected       minor,
  counted        minor check (counted >= 0),
  variance       minor,
  denominations  jsonb,
  report         jsonb,
  note           text,
  check ((state = 'closed') = (closed_at is not null))
);
create unique index pos_shift_one_open on pos_shift (till) where state = 'open';
create index pos_shift_till on pos_shift (till, opened_at desc);
create index pos_shift_place on pos_shift (place, business_day);
create index pos_shift_opened on pos_shift (opened_at desc, id desc);
create index pos_shift_opened_by on pos_shift (opened_by);
create index pos_shift_closed_by on pos_shift (closed_by);

-- A place whose tills are open is not put aside.
create function pos_keep_place() returns trigger language plpgsql as $$
begin
  if exists (select from pos_shift where place = new.id and state = 'open') then
    raise exception 'a till is open here' using errcode = 'check_violation', constraint = 'pos_shift_open_here';
  end if;
  return new;
end $$;
create trigger pos_keep_place before update of archived_at on place
  for each row when (old.archived_at is null and new.archived_at is not null) execute function pos_keep_place();

-- A month is not closed under an open till: its sales and its count could not be booked any more.
create function pos_keep_period() returns trigger language plpgsql as $$
begin
  if exists (select from pos_shift where state = 'open' and business_day >= new.first_day and business_day < new.first_day + interval '1 month') then
    raise exception 'a till is open in this month' using errcode = 'check_violation', constraint = 'pos_shift_open_then';
  end if;
  return new;
end $$;
create trigger pos_keep_period before insert or update of state on ledger_period
  for each row when (new.state = 'closed') execute function pos_keep_period();

create table pos_cash_move (
  id             uuid primary key,
  shift          uuid not null references pos_shift,
  kind           text not null check (kind in ('in', 'out', 'drop')),
  amount         minor not null check (amount > 0),
  reason         text not null,
  at             timestamptz not null,
  moved_by       uuid not null references access_user
);
create index pos_cash_move_shift on pos_cash_move (shift);
create index pos_cash_move_by on pos_cash_move (moved_by);

create table pos_parked (
  id             uuid primary key,
  till           uuid not null references pos_till,
  place          uuid not null references place,
  label          text not null,
  basket         jsonb not null,
  lines          integer not null,
  total          minor not null,
  parked_by      uuid not null references access_user,
  parked_at      timestamptz not null
);
create index pos_parked_place on pos_parked (place, parked_at desc);
create index pos_parked_till on pos_parked (till);
create index pos_parked_by on pos_parked (parked_by);

create table pos_sale (
  id             uuid primary key,
  number         text not null unique,
  till           uuid not null references pos_till,
  place          uuid not null references place,
  shift          uuid not null references pos_shift,
  business_day   date not null,
  cashier        uuid not null references access_user,
  cashier_name   text not null,
  customer       uuid references party,
  state          text not null default 'completed' check (state in ('completed')),
  prices_include_tax boolean not null,
  -- What the customer pays is total = net + tax + rounding.
  net            minor not null,
  tax            minor not null,
  discount       minor not null default 0 check (discount >= 0),
  rounding       minor not null default 0,
  total          minor not null check (total >= 0),
  cost           minor not null,
  change         minor not null default 0 check (change >= 0),
  note           text,
  completed_at   timestamptz not null,
  prints         integer not null default 0,
  check (net + tax + rounding = total)
);
create index pos_sale_completed on pos_sale (completed_at, id);
create index pos_sale_place on pos_sale (place, business_day);
create index pos_sale_day on pos_sale (business_day, completed_at, id);
create index pos_sale_total on pos_sale (total, id);
create index pos_sale_shift on pos_sale (shift);
create index pos_sale_till on pos_sale (till);
create index pos_sale_customer on pos_sale (customer, completed_at) where customer is not null;
create index pos_sale_cashier on pos_sale (cashier, completed_at);
create index pos_sale_number on pos_sale using gin (number gin_trgm_ops);

create table pos_sale_line (
  id             uuid primary key,
  sale           uuid not null references pos_sale,
  position       integer not null,
  variant        uuid not null references catalog_variant,
  name           text not null,
  sku            text not null,
  quantity       qty not null check (quantity > 0),
  unit_price     minor not null check (unit_price >= 0),
  list_price     minor not null check (list_price >= 0),
  discount       minor not null default 0 check (discount >= 0),
  tax_code       text not null,
  tax_rate       rate not null,
  net            minor not null,
  tax            minor not null,
  cost           minor not null
);
create index pos_sale_line_sale on pos_sale_line (sale);
create index pos_sale_line_variant on pos_sale_line (variant);

create table pos_tender (
  id             uuid primary key,
  sale           uuid not null references pos_sale,
  shift          uuid not null references pos_shift,
  method         uuid not null references payment_method,
  kind           text not null,
  -- What stays with us; what was handed over may be more.
  amount         minor not null check (amount >= 0),
  given          minor not null check (given >= amount),
  reference      text
);
create index pos_tender_sale on pos_tender (sale);
create index pos_tender_shift on pos_tender (shift, method);
create index pos_tender_method on pos_tender (method);

-- Published for figures and reports.
create view pos_sale_fact as select id, place, till, shift, business_day, cashier, customer, completed_at, net, tax, discount, rounding, total, cost from pos_sale;
create view pos_sale_line_fact as select sale, variant, name, quantity, discount, net, tax, cost from pos_sale_line;
create view pos_tender_fact as select sale, method, kind, amount from pos_tender;
