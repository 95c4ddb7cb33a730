-- Goods of some categories are taken back for longer, for less, or (0) not at all. What lies inside it goes by it too.
alter table catalog_category add column return_days integer check (return_days between 0 and 3650);
