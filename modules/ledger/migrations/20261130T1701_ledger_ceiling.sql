-- Thousands of the largest lines still add up within 64 bits: no single document makes the books unreadable.
alter table ledger_line add constraint ledger_line_ceiling check (amount between -1000000000000000 and 1000000000000000);
