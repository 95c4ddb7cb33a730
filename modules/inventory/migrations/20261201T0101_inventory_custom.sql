-- Fields of the company's own: their values by key, and the words in them that a search finds.
alter table inventory_location add column custom jsonb not null default '{}' check (jsonb_typeof(custom) = 'object'), add column custom_said text not null default '';
create index inventory_location_custom on inventory_location using gin (custom jsonb_path_ops);
create index inventory_location_custom_said on inventory_location using gin (fold_text(custom_said) gin_trgm_ops);
alter table inventory_transfer add column custom jsonb not null default '{}' check (jsonb_typeof(custom) = 'object'), add column custom_said text not null default '';
create index inventory_transfer_custom on inventory_transfer using gin (custom jsonb_path_ops);
create index inventory_transfer_custom_said on inventory_transfer using gin (fold_text(custom_said) gin_trgm_ops);
