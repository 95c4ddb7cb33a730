drop index party_name;
create index party_name on party using gin (fold_text(name) gin_trgm_ops);
