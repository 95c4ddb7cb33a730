-- For whom a record is: to whom it was given and from whom it was taken away, when and by whom. One person has it at a time.
create table assignment (
  id           uuid primary key,
  about_table  text not null,
  about        uuid not null,
  user_id      uuid not null,
  -- Given to that person, or taken away from them.
  given        boolean not null,
  is_current   boolean not null default false,
  caused_by    uuid not null,
  at           timestamptz not null default now(),
  constraint assignment_current_when check (given or not is_current)
);
create unique index assignment_one on assignment (about) where is_current;
create index assignment_about on assignment (about, at desc, id desc);
create index assignment_mine on assignment (user_id, id desc) where is_current;
create index assignment_user on assignment (user_id);
comment on table assignment is '[insiders]';
