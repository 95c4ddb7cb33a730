-- What sales are looked for by that stands on their goods and on their moment: the rows of reports lead here.
create view pos_sale_category with (security_invoker = true) as
  select l.sale, v.category from pos_sale_line l join catalog_variant_fact v on v.id = l.variant;

-- The hour on the clock of the store, and the weekday of the business day: a sale at one in the night is of the evening before.
create view pos_sale_moment with (security_invoker = true) as
  select s.id as sale, extract(hour from s.completed_at at time zone p.time_zone)::int as hour,
    (array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'])[extract(isodow from s.business_day)::int] as weekday
  from pos_sale s join place_fact p on p.id = s.place;
