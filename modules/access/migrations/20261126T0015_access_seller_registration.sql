-- Who sells through this company registers with what is needed to pay them and to know who they are.
alter table access_registration
  add column kind text not null default 'person' check (kind in ('person', 'seller')),
  add column company text,
  add column country text,
  add column expected_daily_orders integer check (expected_daily_orders >= 0),
  add column store_name text,
  add column store_link text,
  add column bank_account sealed,
  add column id_front uuid references file,
  add column id_back uuid references file,
  -- Whoever confirmed the address sends the pictures with this, before anybody decides.
  add column upload_hash text unique,
  add column seller uuid references party,
  add check (seals(bank_account, id)),
  add check (kind = 'seller' or company is null),
  drop constraint access_registration_state_check,
  add constraint access_registration_state_check check (state in ('begun', 'verified', 'pending', 'approved', 'rejected')),
  add check (state <> 'verified' or kind = 'seller');
drop index access_registration_open;
create unique index access_registration_open on access_registration (email_index) where state in ('begun', 'verified', 'pending');
create index access_registration_id_front on access_registration (id_front);
create index access_registration_id_back on access_registration (id_back);
create index access_registration_seller on access_registration (seller);
