-- What takes something from a price, and when. What it does stands in `kind`; the columns that its kind needs are filled.
create table promotion (
  id              uuid primary key,
  name            text not null,
  kind            text not null check (kind in ('percentage', 'amount', 'fixedPrice', 'buyGet', 'anyFor', 'bundle', 'spend')),
  state           text not null default 'draft' check (state in ('draft', 'scheduled', 'running', 'paused', 'ended')),
  rate            rate check (rate between 0 and 1000000),
  amount          minor check (amount > 0),
  at_least        minor check (at_least > 0),
  buys            integer check (buys > 0),
  gives           integer check (gives > 0),
  place           uuid references place,
  customer_group  text,
  valid_from      date,
  valid_to        date,
  weekdays        text[] not null default '{}',
  hour_from       text check (hour_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  hour_to         text check (hour_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  coupons         text not null default 'none' check (coupons in ('none', 'word', 'codes')),
  word            text,
  limit_total     integer check (limit_total > 0),
  limit_each      integer check (limit_each > 0),
  budget          minor check (budget > 0),
  floor           minor check (floor > 0),
  priority        integer not null default 0,
  is_exclusive    boolean not null default true,
  note            text,
  created_at      timestamptz not null default now(),
  version         integer not null default 1,
  check (valid_to >= valid_from),
  check ((hour_from is null) = (hour_to is null) and hour_from is distinct from hour_to or hour_from is null and hour_to is null),
  check ((coupons = 'word') = (word is not null))
);
create index promotion_created on promotion (created_at, id);
create index promotion_place on promotion (place);
create index promotion_state on promotion (state, valid_to);
create index promotion_name on promotion using gin (fold_text(name) gin_trgm_ops);
-- Two promotions that run never hear the same word.
create unique index promotion_word on promotion (word) where state <> 'ended';
comment on table promotion is '[insiders]';

-- What it is for, and what it gives; none is everything.
create table promotion_target (
  id        uuid primary key,
  document  uuid not null references promotion,
  position  integer not null,
  role      text not null default 'buy' check (role in ('buy', 'get')),
  category  uuid references catalog_category,
  product   uuid references catalog_product,
  variant   uuid references catalog_variant,
  count     integer not null default 1 check (count > 0),
  check (num_nonnulls(category, product, variant) = 1),
  unique (document, position) deferrable initially deferred
);
create index promotion_target_category on promotion_target (category);
create index promotion_target_product on promotion_target (product);
create index promotion_target_variant on promotion_target (variant);
comment on table promotion_target is '[insiders]';

-- Codes of which each is used once. What it was used in is the row that two tills wait for.
create table promotion_coupon (
  id           uuid primary key,
  promotion    uuid not null references promotion,
  code         text not null unique check (code ~ '^[2-9A-HJKMNP-Z]{8}$'),
  made_at      timestamptz not null default now(),
  used_at      timestamptz,
  used_in      uuid,
  used_number  text,
  check ((used_in is null) = (used_at is null))
);
create index promotion_coupon_promotion on promotion_coupon (promotion, id);
create index promotion_coupon_used on promotion_coupon (used_in) where used_in is not null;
create index promotion_coupon_code on promotion_coupon using gin (fold_text(code) gin_trgm_ops);
comment on table promotion_coupon is '[insiders]';

-- How often a promotion was used, and what it gave: in all, and by each customer. Kept only where there is a limit, so that tills
-- which sell under a promotion without one never wait for each other.
create table promotion_counter (
  promotion  uuid not null references promotion,
  customer   uuid references party,
  used       integer not null check (used >= 0),
  given      minor not null check (given >= 0),
  most       integer,
  budget     minor,
  unique nulls not distinct (promotion, customer),
  constraint promotion_counter_left check (used <= most and given <= budget)
);
create index promotion_counter_customer on promotion_counter (customer) where customer is not null;
comment on table promotion_counter is '[insiders]';

-- Who used what in which document. What a void gives back is a row of its own, below zero.
create table promotion_use (
  id             uuid primary key,
  promotion      uuid not null references promotion,
  rule_version   integer not null,
  document_kind  text not null,
  document       uuid not null,
  number         text not null,
  place          uuid not null references place,
  customer       uuid references party,
  coupon         uuid references promotion_coupon,
  amount         minor not null,
  back_of        uuid unique references promotion_use,
  used_at        timestamptz not null,
  check ((back_of is null and amount > 0) or (back_of is not null and amount < 0))
);
-- A rule takes from a document once.
create unique index promotion_use_document on promotion_use (document, promotion) where back_of is null;
create index promotion_use_promotion on promotion_use (promotion, used_at, id);
create index promotion_use_at on promotion_use (used_at, id);
create index promotion_use_place on promotion_use (place, used_at);
create index promotion_use_customer on promotion_use (customer) where customer is not null;
create index promotion_use_coupon on promotion_use (coupon) where coupon is not null;
create index promotion_use_number on promotion_use using gin (fold_text(number) gin_trgm_ops);
comment on table promotion_use is 'append-only: what promotions gave [insiders]';

-- Published for figures.
create view promotion_use_fact with (security_invoker = true) as
  select id, promotion, rule_version, document_kind, document, number, place, customer, coupon, amount, back_of, used_at from promotion_use;
