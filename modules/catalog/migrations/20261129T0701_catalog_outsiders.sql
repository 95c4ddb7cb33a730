-- What people from outside see of these: see duka_sellers(). `[outsiders]`: the second lock leaves them all of it.
comment on table catalog_barcode is '[outsiders]';
comment on table catalog_category is '[outsiders]';
comment on table catalog_conversion is '[outsiders]';
comment on table catalog_price is '[outsiders]';
comment on table catalog_price_list is '[outsiders]';
comment on table catalog_product is '[outsiders]';
comment on table catalog_tax_class is '[outsiders]';
comment on table catalog_tax_rate is '[outsiders]';
comment on table catalog_unit is '[outsiders]';
comment on table catalog_variant is '[outsiders]';
