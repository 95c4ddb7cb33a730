-- What a second person agreed to while a basket is still open: a discount or a price of this one basket, at this one desk.
create table pricing_agreement (
  id             uuid primary key,
  basket         uuid not null,
  desk           uuid not null,
  place          uuid not null references place,
  variant        uuid not null references catalog_variant,
  -- Up to this share of a line's price, in millionths, and this amount of the article; or this price for this much of it.
  share          rate,
  amount         minor check (amount >= 0),
  unit_price     minor check (unit_price >= 0),
  quantity       qty check (quantity > 0),
  asked_by       uuid not null references access_user,
  asked_at       timestamptz not null,
  agreed_by      uuid not null references access_user,
  check (num_nonnulls(share, amount) in (0, 2) and num_nonnulls(unit_price, quantity) in (0, 2)),
  check (num_nonnulls(share, unit_price) = 1)
);
create index pricing_agreement_basket on pricing_agreement (basket);
create index pricing_agreement_asked on pricing_agreement (asked_at);
create index pricing_agreement_place on pricing_agreement (place);
create index pricing_agreement_variant on pricing_agreement (variant);
create index pricing_agreement_by on pricing_agreement (asked_by);
create index pricing_agreement_agreed_by on pricing_agreement (agreed_by);
comment on table pricing_agreement is '[insiders]';
