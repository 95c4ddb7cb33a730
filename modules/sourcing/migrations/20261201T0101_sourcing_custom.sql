-- Fields of the company's own: their values by key, and the words in them that a search finds.
alter table sourcing_purchase add column custom jsonb not null default '{}' check (jsonb_typeof(custom) = 'object'), add column custom_said text not null default '';
create index sourcing_purchase_custom on sourcing_purchase using gin (custom jsonb_path_ops);
create index sourcing_purchase_custom_said on sourcing_purchase using gin (fold_text(custom_said) gin_trgm_ops);
