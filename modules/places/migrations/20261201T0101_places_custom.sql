-- Fields of the company's own: their values by key, and the words in them that a search finds.
alter table place add column custom jsonb not null default '{}' check (jsonb_typeof(custom) = 'object'), add column custom_said text not null default '';
create index place_custom on place using gin (custom jsonb_path_ops);
create index place_custom_said on place using gin (fold_text(custom_said) gin_trgm_ops);
