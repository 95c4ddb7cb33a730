-- What the papers of a place begin with, as it was from some moment on. A paper names the one that it was issued with, so what
-- is renamed afterwards changes none. Written by triggers, whoever changes a place or the company.
create table place_letterhead (
  id            uuid primary key,
  place         uuid not null references place,
  since         timestamptz not null default now(),
  -- Of the setting `company`, what stands on papers.
  company       jsonb not null,
  name          text not null,
  address       text,
  phone         sealed check (seals(phone, place)),
  tax_number    text,
  receipt_note  text,
  time_zone     text not null
);
create index place_letterhead_place on place_letterhead (place, id);
comment on table place_letterhead is 'append-only except phone: the letterheads that papers were issued with [insiders]';

create function place_add_letterhead(wanted uuid) returns void language sql as $$
  insert into place_letterhead (id, place, company, name, address, phone, tax_number, receipt_note, time_zone)
  select uuidv7(), p.id, jsonb_build_object('name', c -> 'name', 'taxNumber', c -> 'taxNumber', 'currency', c -> 'currency',
      'logo', c -> 'logo'), p.name, p.address, p.phone, p.tax_number, p.receipt_note, p.time_zone
  from place p, setting_value('company') c where p.id = wanted
$$;

create function place_keep_letterhead() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' or (old.name, old.address, old.phone, old.tax_number, old.receipt_note, old.time_zone)
      is distinct from (new.name, new.address, new.phone, new.tax_number, new.receipt_note, new.time_zone) then
    perform place_add_letterhead(new.id);
  end if;
  return null;
end $$;
create trigger place_keep_letterhead after insert or update on place for each row execute function place_keep_letterhead();

create function place_keep_letterheads() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' or exists (select from unnest(array['name', 'taxNumber', 'currency', 'logo']) as told(key)
      where old.value -> told.key is distinct from new.value -> told.key) then
    perform place_add_letterhead(id) from place;
  end if;
  return null;
end $$;
create trigger place_keep_letterheads after insert or update on setting for each row when (new.name = 'company')
  execute function place_keep_letterheads();

-- Papers of before were issued with what is there today, as far as anybody knows.
select place_add_letterhead(id) from place;

-- The one that a paper of this place is issued with now.
create function place_letterhead_now(wanted uuid) returns uuid language sql stable as $$
  select id from place_letterhead where place = wanted order by id desc limit 1
$$;
