-- Of a line's discount, its part of the discount on everything: papers say that one once, below the lines.
alter table pos_sale_line
  add column basket_discount minor not null default 0,
  add check (basket_discount between 0 and discount);

-- A unit stands behind the quantity now, which it only does for what is weighed or measured.
update pos_sale_line set unit = null where price_unit = '1' and unit in ('pc', 'box');
