-- A unit cost on a paper is for as many units as the article was priced by, and says so as it was issued.
alter table inventory_document_line
  add column price_unit text not null default '1' check (price_unit in ('1', '100', '1000')), add column unit text;

create or replace function inventory_line_issue() returns trigger language plpgsql as $$
begin
  select v.name, v.sku, v.price_unit, v.unit into new.name, new.sku, new.price_unit, new.unit
  from catalog_variant_fact v where v.id = new.variant;
  return new;
end $$;
