-- What costs something else each time (a bunch of flowers, a repair) has its price asked at the till, between two bounds where somebody
-- sets them. What its variants and price lists say is then the usual price, which the till proposes.
alter table catalog_product
  add column asks_price boolean not null default false,
  add column least_price bigint check (least_price > 0),
  add column most_price bigint check (most_price > 0),
  add constraint catalog_product_price_bounds check (least_price <= most_price);
