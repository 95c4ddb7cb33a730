-- What was taxed how, for the reports of those who stand above.
create or replace view pos_sale_line_fact with (security_invoker = true) as
  select sale, variant, name, quantity, discount, net, tax, cost, tax_code, tax_rate from pos_sale_line;
