-- Published for other modules: what lies where, whose it is and until when it may be sold; and where nothing is ever short.
create view inventory_at_location as
  select b.variant, b.location, b.owner, b.on_hand - b.reserved as free, t.expires_on
  from inventory_balance b left join inventory_lot t on t.id = b.lot;
create view inventory_location_fact as select id, place, allows_negative from inventory_location;
