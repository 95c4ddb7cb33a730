-- What a supplier calls an article, and sells it for.
create table sourcing_offer (
  id           uuid primary key,
  supplier     uuid not null references party,
  variant      uuid not null references catalog_variant,
  code         text,
  price        minor check (price >= 0),
  pack         qty check (pack > 0),
  least        qty check (least > 0),
  lead_days    integer check (lead_days between 0 and 365),
  version      integer not null default 1,
  archived_at  timestamptz,
  unique (supplier, variant)
);
create index sourcing_offer_variant on sourcing_offer (variant);
comment on table sourcing_offer is '[insiders]';

create table sourcing_purchase (
  id             uuid primary key,
  number         text not null unique,
  state          text not null default 'draft'
    check (state in ('draft', 'submitted', 'approved', 'partlyReceived', 'received', 'closed', 'cancelled')),
  place          uuid not null references place,
  location       uuid not null references inventory_location,
  supplier       uuid not null references party,
  expected_on    date,
  reference      text,
  tolerance      rate not null default 50000 check (tolerance between 0 and 1000000),
  note           text,
  business_day   date not null,
  net            minor not null default 0,
  tax            minor not null default 0,
  total          minor not null default 0,
  created_by     uuid not null references access_user,
  created_at     timestamptz not null default now(),
  submitted_at   timestamptz,
  decided_by     uuid references access_user,
  decided_at     timestamptz,
  closed_at      timestamptz,
  reason         text,
  letterhead     uuid,
  partner        uuid,
  version        integer not null default 1,
  constraint sourcing_purchase_adds_up check (total = net + tax),
  constraint sourcing_purchase_approved_when check (state not in ('approved', 'partlyReceived', 'received') or decided_at is not null)
);
create index sourcing_purchase_created on sourcing_purchase (created_at desc, id desc);
create index sourcing_purchase_place on sourcing_purchase (place, created_at desc);
create index sourcing_purchase_supplier on sourcing_purchase (supplier, created_at desc);
create index sourcing_purchase_location on sourcing_purchase (location);
create index sourcing_purchase_created_by on sourcing_purchase (created_by);
create index sourcing_purchase_decided_by on sourcing_purchase (decided_by);
-- What is under way, for the page of what comes and for what is proposed.
create index sourcing_purchase_open on sourcing_purchase (expected_on, id) where state in ('approved', 'partlyReceived');
comment on table sourcing_purchase is '[insiders]';

create table sourcing_purchase_line (
  id           uuid primary key,
  document     uuid not null references sourcing_purchase,
  position     integer not null,
  variant      uuid not null references catalog_variant,
  name         text not null,
  code         text,
  quantity     qty not null check (quantity > 0),
  price        minor not null check (price >= 0),
  price_unit   text not null default '1' check (price_unit in ('1', '100', '1000')),
  tax_rate     rate not null default 0 check (tax_rate between 0 and 1000000),
  net          minor not null default 0,
  tax          minor not null default 0,
  received     qty not null default 0 check (received >= 0),
  damaged      qty not null default 0 check (damaged >= 0),
  unique (document, position) deferrable initially deferred
);
create index sourcing_purchase_line_variant on sourcing_purchase_line (variant);
comment on table sourcing_purchase_line is '[insiders]';

-- What came of an order when: facts that stay.
create table sourcing_receipt (
  id            uuid primary key,
  purchase      uuid not null references sourcing_purchase,
  paper         uuid not null references inventory_document,
  is_damaged    boolean not null default false,
  delivery_note text,
  received_by   uuid not null references access_user,
  received_at   timestamptz not null
);
create index sourcing_receipt_purchase on sourcing_receipt (purchase);
create index sourcing_receipt_paper on sourcing_receipt (paper);
create index sourcing_receipt_received_by on sourcing_receipt (received_by);
comment on table sourcing_receipt is 'append-only: what came of an order [insiders]';

-- The supplier's invoices for it; a number counts once for a supplier.
create table sourcing_bill (
  id           uuid primary key,
  purchase     uuid not null references sourcing_purchase,
  supplier     uuid not null references party,
  number       text not null,
  dated        date not null,
  due_on       date,
  net          minor not null check (net >= 0),
  tax          minor not null check (tax >= 0),
  business_day date not null,
  entered_by   uuid not null references access_user,
  entered_at   timestamptz not null,
  unique (supplier, number)
);
create index sourcing_bill_purchase on sourcing_bill (purchase);
create index sourcing_bill_entered_by on sourcing_bill (entered_by);
comment on table sourcing_bill is 'append-only: what a supplier asks for [insiders]';
