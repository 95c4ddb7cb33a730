drop index party_phones;
drop index party_emails;
alter table party
  alter column phones drop default, alter column phones type sealed using seal_later(id, to_jsonb(phones)),
  alter column emails drop default, alter column emails type sealed using seal_later(id, to_jsonb(emails)),
  alter column tax_number type sealed using seal_later(id, to_jsonb(tax_number)),
  alter column address type sealed using seal_later(id, to_jsonb(address)),
  alter column note type sealed using seal_later(id, to_jsonb(note)),
  add column phones_index text[] not null default '{}',
  add column emails_index text[] not null default '{}',
  add check (seals(phones, id)), add check (seals(emails, id)), add check (seals(tax_number, id)), add check (seals(address, id)),
  add check (seals(note, id));
comment on column party.phones is '[sealed: string[]]';
comment on column party.emails is '[sealed: string[]]';
create index party_phones on party using gin (phones_index);
create index party_emails on party using gin (emails_index);
