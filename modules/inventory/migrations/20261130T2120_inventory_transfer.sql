-- Goods between stores: asked for, approved and kept aside, sent, on the way, received in parts, what is missing explained.
create table inventory_transfer (
  id             uuid primary key,
  number         text not null unique,
  state          text not null default 'requested'
    check (state in ('requested', 'approved', 'rejected', 'dispatched', 'partlyReceived', 'received', 'cancelled')),
  location       uuid not null references inventory_location,
  to_location    uuid not null references inventory_location,
  from_place     uuid not null references place,
  place          uuid not null references place,
  needed_on      date,
  note           text,
  business_day   date not null,
  value          minor not null default 0,
  created_by     uuid not null references access_user,
  created_at     timestamptz not null default now(),
  decided_by     uuid references access_user,
  decided_at     timestamptz,
  dispatched_by  uuid references access_user,
  dispatched_at  timestamptz,
  closed_at      timestamptz,
  reason         text,
  version        integer not null default 1,
  constraint inventory_transfer_elsewhere check (location <> to_location),
  constraint inventory_transfer_dispatched_when
    check (state not in ('dispatched', 'partlyReceived', 'received') or dispatched_at is not null)
);
create index inventory_transfer_created on inventory_transfer (created_at desc, id desc);
create index inventory_transfer_place on inventory_transfer (place, created_at desc);
create index inventory_transfer_from_place on inventory_transfer (from_place, created_at desc);
create index inventory_transfer_location on inventory_transfer (location);
create index inventory_transfer_to_location on inventory_transfer (to_location);
create index inventory_transfer_created_by on inventory_transfer (created_by);
create index inventory_transfer_decided_by on inventory_transfer (decided_by);
create index inventory_transfer_dispatched_by on inventory_transfer (dispatched_by);
comment on table inventory_transfer is '[insiders]';

create table inventory_transfer_line (
  id          uuid primary key,
  document    uuid not null references inventory_transfer,
  position    integer not null,
  variant     uuid not null references catalog_variant,
  name        text not null,
  quantity    qty not null check (quantity > 0),
  received    qty not null default 0 check (received >= 0),
  damaged     qty not null default 0 check (damaged >= 0),
  missing     qty not null default 0 check (missing >= 0),
  constraint inventory_transfer_line_adds_up check (received::bigint + damaged::bigint + missing::bigint <= quantity::bigint),
  unique (document, position) deferrable initially deferred,
  unique (document, variant) deferrable initially deferred
);
create index inventory_transfer_line_variant on inventory_transfer_line (variant);
comment on table inventory_transfer_line is '[insiders]';

-- Who took what in when, and who said why something is missing: facts that stay.
create table inventory_transfer_receipt (
  id           uuid primary key,
  transfer     uuid not null references inventory_transfer,
  received_by  uuid not null references access_user,
  received_at  timestamptz not null,
  reason       text
);
create index inventory_transfer_receipt_transfer on inventory_transfer_receipt (transfer);
create index inventory_transfer_receipt_received_by on inventory_transfer_receipt (received_by);
comment on table inventory_transfer_receipt is 'append-only: what came of a transfer [insiders]';

-- What a document kept aside is used by it, or let go with it.
alter table inventory_reservation drop constraint inventory_reservation_state_check,
  add constraint inventory_reservation_state_check check (state in ('active', 'released', 'expired', 'used'));
