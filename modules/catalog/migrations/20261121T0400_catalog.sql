create table catalog_category (
  id             uuid primary key,
  name           text not null unique,
  parent         uuid references catalog_category,
  position       integer not null default 0,
  version        integer not null default 1,
  archived_at    timestamptz
);
create index catalog_category_parent on catalog_category (parent);

create table catalog_unit (
  id             uuid primary key,
  code           text not null unique,
  name           text not null,
  decimals       integer not null default 0 check (decimals between 0 and 6),
  version        integer not null default 1,
  archived_at    timestamptz
);

create table catalog_tax_class (
  id             uuid primary key,
  code           text not null unique,
  name           text not null,
  version        integer not null default 1,
  archived_at    timestamptz
);

create table catalog_tax_rate (
  id             uuid primary key,
  tax_class      uuid not null references catalog_tax_class,
  rate           rate not null check (rate between 0 and 1000000),
  valid_from     date not null,
  version        integer not null default 1,
  unique (tax_class, valid_from)
);

create table catalog_product (
  id             uuid primary key,
  name           text not null,
  handle         text unique,
  kind           text not null default 'stocked' check (kind in ('stocked', 'service')),
  description    text,
  vendor         text,
  category       uuid references catalog_category,
  tax_class      uuid references catalog_tax_class,
  unit           uuid references catalog_unit,
  tags           text[] not null default '{}',
  option_names   text[] not null default '{}',
  image          uuid references file,
  created_at     timestamptz not null default now(),
  version        integer not null default 1,
  archived_at    timestamptz
);
create index catalog_product_name on catalog_product (name, id);
create index catalog_product_created on catalog_product (created_at, id);
create index catalog_product_search on catalog_product using gin (name gin_trgm_ops);
create index catalog_product_category on catalog_product (category);
create index catalog_product_tax_class on catalog_product (tax_class);
create index catalog_product_unit on catalog_product (unit);
create index catalog_product_image on catalog_product (image);

create table catalog_variant (
  id             uuid primary key,
  product        uuid not null references catalog_product,
  name           text not null,
  sku            text not null unique,
  option_values  text[] not null default '{}',
  position       integer not null default 0,
  price          minor not null check (price >= 0),
  compare_price  minor check (compare_price >= 0),
  cost           minor check (cost >= 0),
  weight         qty check (weight >= 0),
  version        integer not null default 1,
  archived_at    timestamptz,
  unique (product, option_values)
);
create index catalog_variant_by_name on catalog_variant (name, id);
create index catalog_variant_search on catalog_variant using gin (name gin_trgm_ops);

-- Several per variant; a carton's code may stand for more than one unit.
create table catalog_barcode (
  code           text primary key check (length(code) between 1 and 80),
  variant        uuid not null references catalog_variant on delete cascade,
  quantity       qty not null default 1000000 check (quantity > 0)
);
create index catalog_barcode_variant on catalog_barcode (variant);

create table catalog_conversion (
  id             uuid primary key,
  product        uuid not null references catalog_product,
  unit           uuid not null references catalog_unit,
  -- How many of the product's own unit one of this unit holds.
  factor         qty not null check (factor > 0),
  version        integer not null default 1,
  unique (product, unit)
);
create index catalog_conversion_unit on catalog_conversion (unit);

create table catalog_price_list (
  id             uuid primary key,
  name           text not null unique,
  place          uuid references place,
  customer_group text,
  valid_from     date,
  valid_to       date,
  priority       integer not null default 0,
  version        integer not null default 1,
  archived_at    timestamptz,
  check (valid_from is null or valid_to is null or valid_from <= valid_to)
);
create index catalog_price_list_place on catalog_price_list (place);

create table catalog_price (
  id             uuid primary key,
  price_list     uuid not null references catalog_price_list,
  variant        uuid not null references catalog_variant,
  min_quantity   qty not null default 0 check (min_quantity >= 0),
  price          minor not null check (price >= 0),
  version        integer not null default 1,
  unique (variant, price_list, min_quantity)
);
create index catalog_price_list_id on catalog_price (price_list);

-- Published for other modules to join.
create view catalog_variant_fact as
  select v.id, v.name, v.sku, v.product, v.cost, p.category, p.kind, coalesce(u.decimals, 0) as decimals, v.archived_at is not null or p.archived_at is not null as is_archived
  from catalog_variant v join catalog_product p on p.id = v.product left join catalog_unit u on u.id = p.unit;
