-- Fields of the company's own: their values by key, and the words in them that a search finds.
alter table catalog_product add column custom jsonb not null default '{}' check (jsonb_typeof(custom) = 'object'), add column custom_said text not null default '';
create index catalog_product_custom on catalog_product using gin (custom jsonb_path_ops);
create index catalog_product_custom_said on catalog_product using gin (fold_text(custom_said) gin_trgm_ops);
alter table catalog_category add column custom jsonb not null default '{}' check (jsonb_typeof(custom) = 'object'), add column custom_said text not null default '';
create index catalog_category_custom on catalog_category using gin (custom jsonb_path_ops);
create index catalog_category_custom_said on catalog_category using gin (fold_text(custom_said) gin_trgm_ops);
