-- How many units of its unit an article's prices and its cost are for: what costs less than the smallest coin is priced by the
-- hundred or the thousand. It is given with the article and never changes, because every price of it would change with it.
alter table catalog_product add column price_unit text not null default '1' check (price_unit in ('1', '100', '1000'));

-- Variants and listed prices carry it, as variants carry the name: whoever reads an amount reads what it is for beside it.
alter table catalog_variant add column price_unit text not null default '1' check (price_unit in ('1', '100', '1000'));
alter table catalog_price add column price_unit text not null default '1' check (price_unit in ('1', '100', '1000'));

create function catalog_variant_price_unit() returns trigger language plpgsql as $$
begin
  new.price_unit := coalesce((select p.price_unit from catalog_product p where p.id = new.product), '1');
  return new;
end $$;
create trigger catalog_variant_price_unit before insert on catalog_variant
  for each row execute function catalog_variant_price_unit();

create function catalog_price_price_unit() returns trigger language plpgsql as $$
begin
  new.price_unit := coalesce((select v.price_unit from catalog_variant v where v.id = new.variant), '1');
  return new;
end $$;
create trigger catalog_price_price_unit before insert or update of variant on catalog_price
  for each row execute function catalog_price_price_unit();

create or replace view catalog_variant_fact as
  select v.id, v.name, v.sku, v.product, v.cost, p.category, p.kind, coalesce(u.decimals, 0) as decimals,
         v.archived_at is not null or p.archived_at is not null as is_archived, v.price_unit, u.code as unit
  from catalog_variant v join catalog_product p on p.id = v.product left join catalog_unit u on u.id = p.unit;
