create table party (
  id             uuid primary key,
  kind           text not null check (kind in ('person', 'organization')),
  name           text not null,
  roles          text[] not null default '{customer}',
  customer_group text,
  tax_number     text,
  phones         text[] not null default '{}',
  emails         text[] not null default '{}',
  address        text,
  city           text,
  country        text,
  language       text,
  note           text,
  created_at     timestamptz not null default now(),
  version        integer not null default 1,
  archived_at    timestamptz
);
create index party_name on party using gin (name gin_trgm_ops);
create index party_name_order on party (name, id);
create index party_phones on party using gin (phones);
create index party_emails on party using gin (emails);
create index party_created on party (created_at, id);

-- What others may join.
create view party_fact as select id, name, archived_at is not null as is_archived from party;
