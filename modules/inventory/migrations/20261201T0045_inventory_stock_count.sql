-- Counts as documents: opened for a location, counted blind by several people, reviewed, posted by a paper of their own.
create table inventory_stock_count (
  id            uuid primary key,
  number        text not null unique,
  state         text not null default 'open'
    check (state in ('open', 'counting', 'reviewed', 'posted', 'cancelled')),
  location      uuid not null references inventory_location,
  place         uuid not null references place,
  covers        text not null default 'everything'
    check (covers in ('everything', 'category', 'chosen')),
  category      uuid references catalog_category,
  note          text,
  business_day  date not null,
  round         integer not null default 1 check (round >= 1),
  value         minor,
  paper         uuid unique references inventory_document,
  created_by    uuid not null references access_user,
  created_at    timestamptz not null default now(),
  started_at    timestamptz,
  reviewed_by   uuid references access_user,
  reviewed_at   timestamptz,
  posted_by     uuid references access_user,
  posted_at     timestamptz,
  reason        text,
  version       integer not null default 1,
  constraint inventory_stock_count_category_when check ((covers = 'category') = (category is not null)),
  constraint inventory_stock_count_posted_when check ((state = 'posted') = (posted_at is not null and paper is not null and value is not null))
);
create index inventory_stock_count_created on inventory_stock_count (created_at desc, id desc);
create index inventory_stock_count_place on inventory_stock_count (place, created_at desc);
create index inventory_stock_count_location on inventory_stock_count (location, state);
create index inventory_stock_count_category on inventory_stock_count (category) where category is not null;
create index inventory_stock_count_created_by on inventory_stock_count (created_by);
create index inventory_stock_count_reviewed_by on inventory_stock_count (reviewed_by);
create index inventory_stock_count_posted_by on inventory_stock_count (posted_by);
comment on table inventory_stock_count is '[insiders]';

-- What was counted stands on a line only once the count is posted: until then nobody who counts can be told of it by mistake.
create table inventory_stock_count_line (
  id          uuid primary key,
  document    uuid not null references inventory_stock_count,
  position    integer not null,
  variant     uuid not null references catalog_variant,
  lot         uuid references inventory_lot,
  name        text not null,
  round       integer not null default 1 check (round >= 1),
  nothing_at  timestamptz,
  counted     qty check (counted >= 0),
  expected    qty,
  constraint inventory_stock_count_line_compared check ((counted is null) = (expected is null)),
  unique (document, position) deferrable initially deferred,
  constraint inventory_stock_count_line_once unique nulls not distinct (document, variant, lot) deferrable initially deferred
);
create index inventory_stock_count_line_variant on inventory_stock_count_line (variant);
create index inventory_stock_count_line_lot on inventory_stock_count_line (lot) where lot is not null;
comment on table inventory_stock_count_line is '[insiders]';

-- What each person counted, as their device sent it. The newest of a person counts; nothing in it takes back what they said.
create table inventory_stock_count_tally (
  id            uuid primary key,
  stock_count   uuid not null references inventory_stock_count,
  line          uuid not null references inventory_stock_count_line,
  round         integer not null check (round >= 1),
  counted_by    uuid not null references access_user,
  quantity      qty check (quantity >= 0),
  counted_at    timestamptz not null
);
create index inventory_stock_count_tally_count on inventory_stock_count_tally (stock_count, round);
create index inventory_stock_count_tally_line on inventory_stock_count_tally (line);
create index inventory_stock_count_tally_counted_by on inventory_stock_count_tally (counted_by);
comment on table inventory_stock_count_tally is 'append-only: what was counted, by whom and when [insiders]';
