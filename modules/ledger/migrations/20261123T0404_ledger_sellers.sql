-- What people from outside see of these: see duka_sellers().
comment on table ledger_account is '[insiders]';
comment on table ledger_balance is '[insiders]';
comment on table ledger_entry is 'append-only: the money ledger [insiders]';
comment on table ledger_line is 'append-only: debits above zero, credits below; the lines of an entry add up to zero [insiders]';
comment on table ledger_period is '[insiders]';
