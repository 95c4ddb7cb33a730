-- The paper that goes with the goods stays as it was when they left, whatever is renamed afterwards: its letterhead, what both ends
-- were called, and the code of each article beside its name.
alter table inventory_transfer add column letterhead uuid, add column as_issued jsonb;
alter table inventory_transfer_line add column sku text;
update inventory_transfer_line l set sku = v.sku from catalog_variant_fact v where v.id = l.variant;

create function inventory_transfer_issue() returns trigger language plpgsql as $$
begin
  new.letterhead := place_letterhead_now(new.from_place);
  new.as_issued := (select jsonb_object_agg(e.id, e.name) from (
    select id, name from place_fact where id in (new.from_place, new.place)
    union all select id, name from inventory_location where id in (new.location, new.to_location)) e);
  return new;
end $$;
create trigger inventory_transfer_issue before insert or update on inventory_transfer for each row
  when (new.dispatched_at is not null and new.letterhead is null) execute function inventory_transfer_issue();

-- What left before was issued with what is there today, as far as anybody knows.
update inventory_transfer set dispatched_at = dispatched_at where dispatched_at is not null;
