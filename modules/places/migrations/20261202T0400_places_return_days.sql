-- For how many days goods are taken back here; without one the company's usual week.
alter table place add column return_days integer check (return_days between 0 and 3650);
create or replace view place_fact with (security_invoker = true) as
  select id, kind, name, code, time_zone, cut_off_hour, phone, address, tax_number, receipt_note, archived_at, return_days from place;
