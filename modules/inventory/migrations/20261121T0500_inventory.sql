create table inventory_location (
  id              uuid primary key,
  place           uuid references place,
  kind            text not null check (kind in ('storage', 'customer', 'supplier', 'loss', 'opening', 'transit')),
  code            text not null unique,
  name            text not null,
  allows_negative boolean not null default false,
  version         integer not null default 1,
  archived_at     timestamptz,
  check ((kind = 'storage') = (place is not null))
);
create index inventory_location_place on inventory_location (place);

create table inventory_lot (
  id             uuid primary key,
  variant        uuid not null references catalog_variant,
  code           text not null,
  expires_on     date,
  version        integer not null default 1,
  unique (variant, code)
);

-- Whatever happens to goods: from a location to a location. Never updated, never deleted.
create table inventory_move (
  id             uuid primary key,
  at             timestamptz not null,
  business_day   date not null,
  variant        uuid not null references catalog_variant,
  lot            uuid references inventory_lot,
  owner          uuid references party,
  from_location  uuid not null references inventory_location,
  to_location    uuid not null references inventory_location,
  -- None when a cost follows goods that were sold before they came.
  quantity       qty not null check (quantity >= 0),
  -- What the moved goods cost in all, in minor units of the company's currency.
  cost           minor not null,
  document_kind  text not null,
  document       uuid not null,
  reason         text,
  moved_by       uuid,
  check (from_location <> to_location),
  check (quantity > 0 or cost <> 0)
);
comment on table inventory_move is 'append-only: the goods ledger';
create index inventory_move_variant on inventory_move (variant, at desc, id desc);
create index inventory_move_document on inventory_move (document);
create index inventory_move_at on inventory_move (at desc, id desc);
create index inventory_move_lot on inventory_move (lot) where lot is not null;
create index inventory_move_owner on inventory_move (owner) where owner is not null;
create index inventory_move_from on inventory_move (from_location, at desc);
create index inventory_move_to on inventory_move (to_location, at desc);

-- Kept beside the ledger and rebuilt from it at will; the self-check compares the two.
create table inventory_balance (
  id             uuid primary key default uuidv7(),
  variant        uuid not null references catalog_variant,
  location       uuid not null references inventory_location,
  lot            uuid references inventory_lot,
  owner          uuid references party,
  on_hand        qty not null default 0,
  reserved       qty not null default 0 check (reserved >= 0),
  value          minor not null default 0,
  may_go_below   boolean not null default false,
  unique nulls not distinct (variant, location, lot, owner),
  constraint inventory_balance_floor check (may_go_below or (on_hand >= 0 and reserved <= on_hand))
);
create index inventory_balance_location on inventory_balance (location);
create index inventory_balance_lot on inventory_balance (lot) where lot is not null;
create index inventory_balance_owner on inventory_balance (owner) where owner is not null;

-- Oldest first: each receipt is a layer, each issue eats from the oldest. Used when the company costs by FIFO.
create table inventory_layer (
  id             uuid primary key,
  balance        uuid not null references inventory_balance,
  at             timestamptz not null,
  remaining      qty not null check (remaining >= 0),
  value          minor not null check (value >= 0)
);
create index inventory_layer_open on inventory_layer (balance, at, id) where remaining > 0;
create index inventory_layer_balance on inventory_layer (balance);

create table inventory_reservation (
  id             uuid primary key,
  variant        uuid not null references catalog_variant,
  location       uuid not null references inventory_location,
  lot            uuid references inventory_lot,
  owner          uuid references party,
  quantity       qty not null check (quantity > 0),
  state          text not null default 'active' check (state in ('active', 'consumed', 'released', 'expired')),
  document_kind  text not null,
  document       uuid not null,
  customer       uuid references party,
  note           text,
  expires_at     timestamptz,
  made_at        timestamptz not null
);
create index inventory_reservation_customer on inventory_reservation (customer) where customer is not null;
create index inventory_reservation_active on inventory_reservation (expires_at) where state = 'active';
create index inventory_reservation_document on inventory_reservation (document);
create index inventory_reservation_variant on inventory_reservation (variant);
create index inventory_reservation_location on inventory_reservation (location);
create index inventory_reservation_lot on inventory_reservation (lot);
create index inventory_reservation_owner on inventory_reservation (owner);

create table inventory_reorder (
  id             uuid primary key,
  variant        uuid not null references catalog_variant,
  place          uuid not null references place,
  level          qty not null check (level >= 0),
  target         qty check (target >= 0),
  low_since      timestamptz,
  version        integer not null default 1,
  unique (variant, place)
);
create index inventory_reorder_place on inventory_reorder (place);

-- The papers that move goods: receipts, adjustments, counts and transfers. Posting is the only thing that writes moves.
create table inventory_document (
  id             uuid primary key,
  number         text not null unique,
  kind           text not null check (kind in ('receipt', 'adjustment', 'count', 'transfer')),
  state          text not null default 'posted' check (state in ('draft', 'posted', 'cancelled')),
  place          uuid not null references place,
  location       uuid not null references inventory_location,
  to_location    uuid references inventory_location,
  supplier       uuid references party,
  reason         text check (reason in ('supplier', 'opening', 'count', 'damaged', 'expired', 'stolen', 'found', 'ownUse', 'sample', 'correction')),
  note           text,
  business_day   date not null,
  value          minor not null default 0,
  created_by     uuid,
  created_at     timestamptz not null,
  posted_at      timestamptz,
  version        integer not null default 1
);
create index inventory_document_created on inventory_document (created_at desc, id desc);
create index inventory_document_place on inventory_document (place, created_at desc);
create index inventory_document_location on inventory_document (location);
create index inventory_document_to on inventory_document (to_location);
create index inventory_document_supplier on inventory_document (supplier);

create table inventory_document_line (
  id             uuid primary key,
  document       uuid not null references inventory_document,
  position       integer not null,
  variant        uuid not null references catalog_variant,
  lot            uuid references inventory_lot,
  quantity       qty not null,
  expected       qty,
  unit_cost      minor,
  unique (document, position)
);
create index inventory_document_line_variant on inventory_document_line (variant);
create index inventory_document_line_lot on inventory_document_line (lot);

-- What taking a quantity off a balance costs: the oldest layers (FIFO), or its share of the value (moving average).
-- The last goods take all the value with them, so no cents stay behind on an empty shelf.
create function inventory_cost(balance_id uuid, on_hand bigint, value bigint, quantity bigint, fifo boolean) returns bigint language plpgsql as $$
declare
  layer record;
  wanted bigint := quantity;
  cost bigint := 0;
  part bigint;
  share bigint;
begin
  if not fifo then
    if on_hand <= 0 then return 0; end if;
    if quantity >= on_hand then return value; end if;
    return round(value::numeric * quantity / on_hand)::bigint;
  end if;
  for layer in select id, remaining, inventory_layer.value from inventory_layer where balance = balance_id and remaining > 0 order by at, id for update loop
    exit when wanted = 0;
    part := least(wanted, layer.remaining);
    share := case when part = layer.remaining then layer.value else round(layer.value::numeric * part / layer.remaining)::bigint end;
    update inventory_layer set remaining = remaining - part, value = inventory_layer.value - share where id = layer.id;
    wanted := wanted - part;
    cost := cost + share;
  end loop;
  return cost;
end $$;

-- Published for other modules to join: what is there, and what of it can be promised.
create view inventory_on_hand as
  select b.variant, l.place, sum(b.on_hand)::bigint as on_hand, sum(b.reserved)::bigint as reserved, sum(b.value)::bigint as value
  from inventory_balance b join inventory_location l on l.id = b.location group by b.variant, l.place;
create view inventory_reorder_level as select variant, place, level, target from inventory_reorder;
