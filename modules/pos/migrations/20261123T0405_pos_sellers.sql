-- What people from outside see of these: see duka_sellers().
comment on table pos_cash_move is '[insiders]';
comment on table pos_parked is '[insiders]';
comment on table pos_sale is '[insiders]';
comment on table pos_sale_line is '[insiders]';
comment on table pos_shift is '[insiders]';
comment on table pos_tender is '[insiders]';
comment on table pos_till is '[insiders]';
