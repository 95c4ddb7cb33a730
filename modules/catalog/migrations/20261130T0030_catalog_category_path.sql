-- A shop sells off clothes and shoes: one name may stand in several categories, once in each.
alter table catalog_category
  drop constraint catalog_category_name_key,
  add constraint catalog_category_parent_name_key unique nulls not distinct (parent, name);
