-- What goods cost is a rule of the program now (allot.rules.ts); the database locks, reads and writes.
drop function inventory_cost(uuid, bigint, bigint, bigint, boolean);

-- A posted paper is final: the program adds it and changes it no more.
alter table inventory_document drop constraint inventory_document_state_check, add constraint inventory_document_state_check check (state in ('posted'));
comment on table inventory_document is 'append-only: papers that moved goods [insiders]';
comment on table inventory_document_line is 'append-only: what a paper moved [insiders]';
