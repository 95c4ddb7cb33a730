-- A shift is in one person's care: whoever opened it, or took it over from them.
alter table pos_shift add column held_by uuid references access_user;
update pos_shift set held_by = opened_by;
alter table pos_shift alter column held_by set not null;
create index pos_shift_held_by on pos_shift (held_by);
-- Card and mobile money are counted at closing too: by way to pay, what was expected, what was counted, what differs.
alter table pos_shift add column counts jsonb;
-- Where the float came from.
alter table pos_shift add column float_from text not null default 'safe' check (float_from in ('safe', 'capital'));
-- How often somebody who counts blind asked for more than the drawer should hold.
alter table pos_shift add column refusals integer not null default 0;

-- A message about mobile money pays once. What was taken before is as it is; letters and signs don't make it another one.
alter table pos_tender add column reference_key text;
create function pos_key_reference() returns trigger language plpgsql as $$
begin
  new.reference_key := nullif(regexp_replace(upper(new.reference), '[^[:alnum:]]', '', 'g'), '');
  return new;
end $$;
create trigger pos_key_reference before insert on pos_tender
  for each row when (new.kind in ('mobile', 'bank') and new.reference is not null) execute function pos_key_reference();
create unique index pos_tender_reference on pos_tender (method, reference_key) where reference_key is not null;

-- What a second person agreed to while a basket is still open: a discount or a price of this one sale.
create table pos_agreement (
  id             uuid primary key,
  sale           uuid not null,
  till           uuid not null references pos_till,
  place          uuid not null references place,
  variant        uuid not null references catalog_variant,
  -- Up to this share of a line's price, in millionths, and this amount of the article; or this price for this much of it.
  share          rate,
  amount         minor check (amount >= 0),
  unit_price     minor check (unit_price >= 0),
  quantity       qty check (quantity > 0),
  asked_by       uuid not null references access_user,
  asked_at       timestamptz not null,
  check (num_nonnulls(share, amount) in (0, 2) and num_nonnulls(unit_price, quantity) in (0, 2)),
  check (num_nonnulls(share, unit_price) = 1)
);
create index pos_agreement_sale on pos_agreement (sale);
create index pos_agreement_asked on pos_agreement (asked_at);
create index pos_agreement_till on pos_agreement (till);
create index pos_agreement_place on pos_agreement (place);
create index pos_agreement_variant on pos_agreement (variant);
create index pos_agreement_by on pos_agreement (asked_by);
