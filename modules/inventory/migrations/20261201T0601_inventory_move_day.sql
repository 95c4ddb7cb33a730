-- Moves lie in the order of their days but for a few, so a summary of each stretch finds those since a day and costs a sale nothing.
create index inventory_move_day on inventory_move using brin (business_day) with (pages_per_range = 16);
