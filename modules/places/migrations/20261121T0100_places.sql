create table place (
  id            uuid primary key,
  kind          text not null check (kind in ('store', 'warehouse')),
  name          text not null,
  code          text not null unique check (code ~ '^[A-Z0-9]{1,8}$'),
  time_zone     text not null,
  cut_off_hour  integer not null default 4 check (cut_off_hour between 0 and 12),
  phone         text,
  address       text,
  tax_number    text,
  receipt_note  text,
  version       integer not null default 1,
  archived_at   timestamptz
);

-- Published for other modules to join.
create view place_fact as select id, kind, name, code, time_zone, cut_off_hour, phone, address, tax_number, receipt_note, archived_at from place;
