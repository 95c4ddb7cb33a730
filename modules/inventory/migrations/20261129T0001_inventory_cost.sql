-- What goods cost is a rule of the program now (allot.rules.ts); the database locks, reads and writes.
drop function inventory_cost(uuid, bigint, bigint, bigint, boolean);
