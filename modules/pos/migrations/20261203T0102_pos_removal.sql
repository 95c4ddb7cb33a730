-- What was taken out of a basket after it lay in it, and baskets that were emptied: who did, and what it was worth.
create table pos_removal (
  id             uuid primary key,
  kind           text not null check (kind in ('removed', 'cleared')),
  -- The id that the sale of the basket has, if it became one.
  basket         uuid not null,
  till           uuid not null references pos_till,
  place          uuid not null references place,
  business_day   date not null,
  what           text not null,
  variant        uuid references catalog_variant,
  quantity       qty check (quantity > 0),
  worth          minor not null check (worth >= 0),
  removed_by     uuid not null references access_user,
  at             timestamptz not null
);
create index pos_removal_place on pos_removal (place, business_day);
create index pos_removal_day on pos_removal (business_day, id);
create index pos_removal_by on pos_removal (removed_by, at);
create index pos_removal_till on pos_removal (till);
create index pos_removal_variant on pos_removal (variant) where variant is not null;
comment on table pos_removal is 'append-only: what was taken out of baskets [insiders]';

create view pos_removal_list with (security_invoker = true) as
  select r.id, r.kind, r.at, r.business_day, r.place, r.till, r.removed_by, r.what, r.variant, r.quantity, r.worth, s.id as sale
  from pos_removal r left join pos_sale s on s.id = r.basket;
