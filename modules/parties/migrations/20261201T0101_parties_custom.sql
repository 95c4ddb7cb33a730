-- Fields of the company's own: their values by key, and the words in them that a search finds.
alter table party add column custom jsonb not null default '{}' check (jsonb_typeof(custom) = 'object'), add column custom_said text not null default '';
create index party_custom on party using gin (custom jsonb_path_ops);
create index party_custom_said on party using gin (fold_text(custom_said) gin_trgm_ops);
