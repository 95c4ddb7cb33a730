-- Where a supplier or a seller is paid: an IBAN, or the number of an account where there are none.
alter table party add column bank_account sealed, add check (seals(bank_account, id));
