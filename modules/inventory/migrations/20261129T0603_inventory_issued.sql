-- A posted paper stays as it was issued, whatever is renamed afterwards: its letterhead, the supplier, the places that goods
-- came from and went to, and what each article was called.
alter table inventory_document add column letterhead uuid, add column partner uuid, add column as_issued jsonb;
alter table inventory_document_line add column name text, add column sku text;

create function inventory_document_issue() returns trigger language plpgsql as $$
begin
  new.letterhead := place_letterhead_now(new.place);
  new.partner := party_on_paper_now(new.supplier, true);
  new.as_issued := jsonb_build_object('location', (select name from inventory_location where id = new.location),
    'toLocation', (select name from inventory_location where id = new.to_location));
  return new;
end $$;
create trigger inventory_document_issue before insert on inventory_document for each row when (new.posted_at is not null)
  execute function inventory_document_issue();
create trigger inventory_document_issue_later before update on inventory_document for each row
  when (old.posted_at is null and new.posted_at is not null) execute function inventory_document_issue();

create function inventory_line_issue() returns trigger language plpgsql as $$
begin
  select v.name, v.sku into new.name, new.sku from catalog_variant_fact v where v.id = new.variant;
  return new;
end $$;
create trigger inventory_line_issue before insert on inventory_document_line for each row execute function inventory_line_issue();
