-- A place is not put aside while goods lie there: nobody could sell, count or move them any more, and they would stay in the books.
create function inventory_keep_place() returns trigger language plpgsql as $$
begin
  if exists (select from inventory_balance b join inventory_location l on l.id = b.location
    where l.place = new.id and (b.on_hand <> 0 or b.reserved <> 0)) then
    raise exception 'goods lie here' using errcode = 'check_violation', constraint = 'inventory_balance_here';
  end if;
  return new;
end $$;
-- By this name it speaks after that of the tills: an open one is closed first.
create trigger stock_keeps_place before update of archived_at on place
  for each row when (old.archived_at is null and new.archived_at is not null) execute function inventory_keep_place();
