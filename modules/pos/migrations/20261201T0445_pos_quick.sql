-- Boards of quick keys: what a store wants under its cashiers' fingers, on pages that have a name.
create table pos_quick_board (
  id        uuid primary key,
  place     uuid not null references place,
  name      text not null check (length(name) between 1 and 40),
  position  integer not null default 0 check (position >= 0),
  version   integer not null default 1,
  constraint pos_quick_board_name unique (place, name)
);

-- A key sells one article. Its label is short; without one the article is called as everywhere.
create table pos_quick_key (
  board     uuid not null references pos_quick_board on delete cascade,
  position  integer not null check (position >= 0),
  variant   uuid not null references catalog_variant,
  label     text check (length(label) between 1 and 30),
  colour    text not null default 'plain' check (colour in ('plain', 'teal', 'green', 'amber', 'red')),
  primary key (board, position),
  unique (board, variant)
);
create index pos_quick_key_variant on pos_quick_key (variant);

comment on table pos_quick_board is '[insiders]';
comment on table pos_quick_key is '[insiders]';
