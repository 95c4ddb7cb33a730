-- Goods are found by every way of writing their name and their codes.
drop index catalog_product_search;
create index catalog_product_search on catalog_product using gin (fold_text(name) gin_trgm_ops);
drop index catalog_variant_search;
create index catalog_variant_search on catalog_variant using gin (fold_text(name || ' ' || sku) gin_trgm_ops);
create index catalog_variant_code on catalog_variant (code_key(sku));

-- The same number may be written in 8, 12, 13 or 14 digits. Codes that two articles have this way already are told of, and stay
-- until somebody takes one away; nothing more is added to them.
alter table catalog_barcode add column key text not null generated always as (code_key(code)) stored;
do $$
declare
  doubles text;
begin
  select string_agg(codes, '; ') into doubles from (
    select string_agg(code, ' = ' order by code) as codes from catalog_barcode group by key having count(*) > 1 order by 1 limit 100) d;
  if doubles is null then
    create unique index catalog_barcode_key on catalog_barcode (key);
  else
    raise warning 'Barcodes that are the same number: %', doubles;
    create index catalog_barcode_key on catalog_barcode (key);
  end if;
end $$;
