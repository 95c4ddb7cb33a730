-- What a line's price was for when it was sold: so many of this unit. Receipts and invoices say it whatever is renamed later.
alter table pos_sale_line
  add column price_unit text not null default '1' check (price_unit in ('1', '100', '1000')), add column unit text;
