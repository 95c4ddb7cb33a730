-- The home of whoever buys counts the open ones; most of them are over.
create index sourcing_purchase_state on sourcing_purchase (state);
