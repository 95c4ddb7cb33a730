-- The home of whoever works here counts the open ones; most of them are over.
create index inventory_transfer_state on inventory_transfer (state);
create index inventory_stock_count_state on inventory_stock_count (state);
