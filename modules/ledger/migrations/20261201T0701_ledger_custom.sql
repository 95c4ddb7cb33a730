-- Fields of the company's own: their values by key, and the words in them that a search finds.
alter table ledger_journal add column custom jsonb not null default '{}' check (jsonb_typeof(custom) = 'object'), add column custom_said text not null default '';
create index ledger_journal_custom on ledger_journal using gin (custom jsonb_path_ops);
create index ledger_journal_custom_said on ledger_journal using gin (fold_text(custom_said) gin_trgm_ops);
