-- Fields that the company adds to what is declared; their values stand in the column `custom` of the records.
create table custom_field (
  id           uuid primary key,
  of           text not null check (length(of) between 1 and 60),
  label        text not null check (length(label) between 1 and 60),
  key          text not null check (key ~ '^[a-z][a-z0-9]{0,39}$'),
  kind         text not null check (kind in ('text', 'number', 'amount', 'choice', 'day', 'yesNo', 'reference')),
  choices      text[] not null default '{}',
  target       text check (length(target) between 1 and 60),
  is_required  boolean not null default false,
  is_listed    boolean not null default false,
  position     integer not null default 0 check (position between 0 and 1000),
  version      integer not null default 1,
  archived_at  timestamptz,
  -- A field that was put aside keeps its values, so no other takes its key.
  unique (of, key),
  check ((kind = 'choice') = (cardinality(choices) > 0)),
  check ((kind = 'reference') = (target is not null))
);
create unique index custom_field_label on custom_field (of, lower(label)) where archived_at is null;
comment on table custom_field is '[outsiders]';
