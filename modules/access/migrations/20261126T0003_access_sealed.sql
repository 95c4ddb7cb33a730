alter table access_user drop constraint access_user_email_key, drop constraint access_user_email_check;
alter table access_user
  alter column email type sealed using seal_later(id, to_jsonb(email)),
  add column email_index text,
  add check (seals(email, id));
-- Null until the next start has sealed older rows; those are found by nobody meanwhile.
alter table access_user add constraint access_user_email_key unique (email_index);

alter table access_invitation drop constraint access_invitation_email_check;
alter table access_invitation
  alter column email type sealed using seal_later(id, to_jsonb(email)),
  add column email_index text,
  add check (seals(email, id));
create index access_invitation_email on access_invitation (email_index) where state = 'sent';

drop index access_registration_open;
alter table access_registration drop constraint access_registration_email_check;
alter table access_registration
  alter column email type sealed using seal_later(id, to_jsonb(email)),
  add column email_index text,
  alter column phone type sealed using seal_later(id, to_jsonb(phone)),
  add check (seals(email, id)), add check (seals(phone, id));
create unique index access_registration_open on access_registration (email_index) where state in ('begun', 'pending');
