-- Fields of the company's own on goods papers: their values by key, and the words in them that a search finds.
alter table inventory_document add column custom jsonb not null default '{}' check (jsonb_typeof(custom) = 'object'), add column custom_said text not null default '';
create index inventory_document_custom on inventory_document using gin (custom jsonb_path_ops);
create index inventory_document_custom_said on inventory_document using gin (fold_text(custom_said) gin_trgm_ops);

-- Of an article that is not there no line says anything: it is refused as what is unknown, also where it went in the meantime.
create or replace function inventory_line_issue() returns trigger language plpgsql as $$
begin
  select v.name, v.sku, v.price_unit, v.unit into new.name, new.sku, new.price_unit, new.unit
  from catalog_variant_fact v where v.id = new.variant;
  if not found then
    raise foreign_key_violation using message = 'there is no such article', constraint = 'inventory_document_line_variant_fkey';
  end if;
  return new;
end $$;
