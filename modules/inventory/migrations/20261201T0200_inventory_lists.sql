-- Lists over several tables. Each row keeps an id of its own, by which a list goes on.

-- The id of a pair: the same for the same two, whenever it is asked for (a UUID of version 8).
create function inventory_pair(one uuid, other uuid) returns uuid language sql immutable parallel safe
  return overlay(overlay(md5(one::text || other::text) placing '8' from 13) placing '8' from 17)::uuid;

-- Each article in each place, also where none of it lies: what is missing is looked for as well. Of whose goods they are, `seller`
-- tells people from outside, who see only rows of their own below.
create view inventory_stock_list with (security_invoker = true) as
  select inventory_pair(v.id, pl.id) as id, v.id as variant, v.name, v.sku, v.category, pl.id as place,
    coalesce(s.on_hand, 0)::bigint as on_hand, coalesce(s.reserved, 0)::bigint as reserved, coalesce(s.free, 0)::bigint as free,
    r.level, coalesce(coalesce(s.free, 0) <= r.level, false) as low, coalesce(s.value, 0)::bigint as value, s.seller
  from catalog_variant_fact v cross join place_fact pl
  left join lateral (
    select sum(b.on_hand) as on_hand, sum(b.reserved) as reserved, sum(b.value) as value,
      sum(b.on_hand - b.reserved) filter (where l.holds = 'goods') as free,
      (array_agg(b.owner) filter (where b.owner is not null))[1] as seller
    from inventory_balance b join inventory_location l on l.id = b.location where b.variant = v.id and l.place = pl.id) s on true
  left join inventory_reorder r on r.variant = v.id and r.place = pl.id
  where v.kind = 'stocked' and pl.archived_at is null and (not v.is_archived or s.on_hand <> 0);

-- Lots where they lie. Which day it is, the clock of their place says.
create view inventory_lot_list with (security_invoker = true) as
  select b.id, b.lot, t.code, b.variant, v.name, v.sku, b.location, l.place, t.expires_on,
    case when t.expires_on is null then 'undated' when t.expires_on < d.today then 'expired' when t.expires_on <= d.today + 30 then 'expiring' else 'fresh' end
      as freshness,
    b.on_hand, b.reserved, b.value
  from inventory_balance b join inventory_lot t on t.id = b.lot join inventory_location l on l.id = b.location
  join place_fact pl on pl.id = l.place join catalog_variant_fact v on v.id = b.variant
  cross join lateral (select ((now() at time zone pl.time_zone) - make_interval(hours => pl.cut_off_hour))::date as today) d
  where b.on_hand <> 0;

-- The goods ledger. What goes out has its sign; what only changes its shelf adds nothing to what all is worth.
create view inventory_move_list with (security_invoker = true) as
  select m.id, m.at, m.business_day, m.variant, v.name, v.sku, m.lot, m.owner, m.from_location, m.to_location, f.place as from_place, t.place as to_place,
    (case when f.kind = 'storage' and t.kind <> 'storage' then -m.quantity else m.quantity end)::bigint as quantity,
    (case when t.kind = 'storage' then m.quantity else 0 end)::bigint as came,
    (case when f.kind = 'storage' then m.quantity else 0 end)::bigint as went,
    m.cost, (case when t.kind = 'storage' then m.cost else 0 end - case when f.kind = 'storage' then m.cost else 0 end)::bigint as value,
    m.document_kind, m.document, m.reason, m.moved_by
  from inventory_move m join catalog_variant_fact v on v.id = m.variant
  join inventory_location f on f.id = m.from_location join inventory_location t on t.id = m.to_location;
