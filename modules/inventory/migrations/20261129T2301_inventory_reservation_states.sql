-- Nothing takes what was put aside as yet; the state comes back with whatever first does.
alter table inventory_reservation drop constraint inventory_reservation_state_check;
alter table inventory_reservation add constraint inventory_reservation_state_check
  check (state in ('active', 'released', 'expired'));
