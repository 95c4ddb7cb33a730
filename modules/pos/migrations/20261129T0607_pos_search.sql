drop index pos_sale_number;
create index pos_sale_number on pos_sale using gin (fold_text(number) gin_trgm_ops);
