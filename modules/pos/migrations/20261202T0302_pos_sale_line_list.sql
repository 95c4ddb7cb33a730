-- What was sold, line by line: what a row of a report by tax is made of.
create view pos_sale_line_list with (security_invoker = true) as
  select l.id, l.sale, s.completed_at, s.business_day, s.place, s.cashier, l.variant, l.name, l.sku, l.quantity, l.discount,
    l.net, l.tax, (l.net + l.tax)::bigint as total, l.cost, l.tax_code, l.tax_rate
  from pos_sale_line l join pos_sale s on s.id = l.sale;
