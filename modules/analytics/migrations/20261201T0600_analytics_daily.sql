-- What days that are over add up to, so that a year is not read sale by sale. Derived, and written again whenever it is wrong:
-- delete from all four, and the next hour sums the days from the first sale on.
create table analytics_summed (
  is_only     boolean primary key default true check (is_only),
  -- All days up to this one are summed, of all places.
  last_day    date not null
);
create table analytics_day_sale (
  business_day date not null,
  place        uuid not null,
  cashier      uuid not null,
  -- As the clock of the place stood then.
  hour         integer not null check (hour between 0 and 23),
  sales        bigint not null,
  net          bigint not null,
  tax          bigint not null,
  total        bigint not null,
  discount     bigint not null,
  cost         bigint not null,
  primary key (business_day, place, cashier, hour)
);
create table analytics_day_line (
  business_day date not null,
  place        uuid not null,
  variant      uuid not null,
  tax_code     text not null,
  tax_rate     bigint not null,
  quantity     bigint not null,
  net          bigint not null,
  tax          bigint not null,
  discount     bigint not null,
  cost         bigint not null,
  primary key (business_day, place, variant, tax_code, tax_rate)
);
create table analytics_day_method (
  business_day date not null,
  place        uuid not null,
  method       uuid not null,
  payments     bigint not null,
  amount       bigint not null,
  primary key (business_day, place, method)
);
comment on table analytics_summed is '[insiders]';
comment on table analytics_day_sale is '[insiders]';
comment on table analytics_day_line is '[insiders]';
comment on table analytics_day_method is '[insiders]';
