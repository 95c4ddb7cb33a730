-- A thousand million units on one shelf, and what no shop is worth: far below what a sum of 64 bits holds, so that one paper
-- with quantities or costs that were mistyped, or invented, leaves no list that can't be added up any more.
alter table inventory_balance add constraint inventory_balance_ceiling
  check (on_hand between -1000000000000000 and 1000000000000000 and value between -1000000000000000 and 1000000000000000);
