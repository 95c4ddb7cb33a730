-- What people from outside see of these: see duka_sellers().
comment on table inventory_balance is '[seller: owner]';
comment on table inventory_move is 'append-only: the goods ledger [seller: owner]';
comment on table inventory_reservation is '[seller: owner]';
comment on table inventory_document is '[insiders]';
comment on table inventory_document_line is '[insiders]';
comment on table inventory_layer is '[insiders]';
comment on table inventory_lot is '[insiders]';
comment on table inventory_reorder is '[insiders]';
