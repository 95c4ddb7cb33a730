-- Fields of the company's own: their values by key, and the words in them that a search finds.
alter table inventory_stock_count add column custom jsonb not null default '{}' check (jsonb_typeof(custom) = 'object'), add column custom_said text not null default '';
create index inventory_stock_count_custom on inventory_stock_count using gin (custom jsonb_path_ops);
create index inventory_stock_count_custom_said on inventory_stock_count using gin (fold_text(custom_said) gin_trgm_ops);
