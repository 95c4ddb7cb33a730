-- Goods that came damaged lie apart: they are there, and worth something until they go back, and nothing sells them.
alter table inventory_location add column holds text not null default 'goods' check (holds in ('goods', 'damaged'));
create unique index inventory_location_damaged on inventory_location (place) where holds = 'damaged';
-- Published for other modules: which paper it was.
create view inventory_document_fact as select id, number, kind, place from inventory_document;
create or replace view inventory_on_hand with (security_invoker = true) as
  select b.variant, l.place, sum(b.on_hand::bigint)::bigint as on_hand, sum(b.reserved::bigint)::bigint as reserved,
    sum(b.value::bigint)::bigint as value,
    -- Promised to nobody, and whole.
    coalesce(sum(b.on_hand::bigint - b.reserved::bigint) filter (where l.holds = 'goods'), 0)::bigint as free
  from inventory_balance b join inventory_location l on l.id = b.location group by b.variant, l.place;
