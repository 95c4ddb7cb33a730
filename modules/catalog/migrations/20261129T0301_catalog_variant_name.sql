-- A variant carries the name of its product, so that tills and lists need no join: whoever renames the product, by hand or
-- from a file, renames them too. The same rule stands in product.ts as variantName.
create function catalog_variant_name(product text, options text[]) returns text language sql immutable as $$
  select concat_ws(' · ', nullif(product, ''), nullif(array_to_string(array(
    select value from unnest(options) with ordinality as o(value, at) where value <> 'Default Title' order by at), ' / '), ''))
$$;

create function catalog_name_variants() returns trigger language plpgsql as $$
begin
  update catalog_variant set name = catalog_variant_name(new.name, option_values)
  where product = new.id and name <> catalog_variant_name(new.name, option_values);
  return null;
end $$;
create trigger catalog_name_variants after update of name on catalog_product
  for each row when (old.name <> new.name) execute function catalog_name_variants();

-- What was renamed by a file kept its old name at the till.
update catalog_variant v set name = catalog_variant_name(p.name, v.option_values) from catalog_product p
where p.id = v.product and v.name <> catalog_variant_name(p.name, v.option_values);
