-- What a company says above and below its receipts stands on the letterhead too, so an issued receipt keeps it.
create or replace function place_add_letterhead(wanted uuid) returns void language sql as $$
  insert into place_letterhead (id, place, company, name, address, phone, tax_number, receipt_note, time_zone)
  select uuidv7(), p.id, jsonb_build_object('name', c -> 'name', 'taxNumber', c -> 'taxNumber', 'currency', c -> 'currency',
      'logo', c -> 'logo', 'receiptHead', c -> 'receiptHead', 'receiptNote', c -> 'receiptNote'),
    p.name, p.address, p.phone, p.tax_number, p.receipt_note, p.time_zone
  from place p, setting_value('company') c where p.id = wanted
$$;

create or replace function place_keep_letterheads() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' or exists (
      select from unnest(array['name', 'taxNumber', 'currency', 'logo', 'receiptHead', 'receiptNote']) as told(key)
      where old.value -> told.key is distinct from new.value -> told.key) then
    perform place_add_letterhead(id) from place;
  end if;
  return null;
end $$;
