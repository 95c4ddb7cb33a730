-- How colleagues reach and recognise somebody: their telephones, the one that codes go to once it was confirmed, and a picture
-- with the point of it that is shown when it is cut (per cent from the left and from the top).
alter table access_user
  add column phones sealed,
  add column phones_index text[] not null default '{}',
  add column code_phone sealed,
  add column photo uuid references file,
  add column photo_x smallint not null default 50 check (photo_x between 0 and 100),
  add column photo_y smallint not null default 50 check (photo_y between 0 and 100);
update access_user set phones = seal_later(id, '[]');
alter table access_user
  alter column phones set not null,
  add check (seals(phones, id)), add check (seals(code_phone, id));
comment on column access_user.phones is '[sealed: string[]]';
create index access_user_phones on access_user using gin (phones_index);
create index access_user_photo on access_user (photo);

-- A new address or number of somebody's own waits here for the code that went to it.
create table access_contact (
  id          uuid primary key,
  holder      uuid not null references access_user,
  kind        text not null check (kind in ('email', 'phone')),
  value       sealed not null,
  code_hash   text not null,
  tries       integer not null default 0,
  expires_at  timestamptz not null,
  unique (holder, kind),
  check (seals(value, id))
);
comment on table access_contact is '[insiders]';

select leave_to_be_sealed();
