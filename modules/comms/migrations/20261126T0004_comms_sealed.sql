drop index comms_message_recipient;
alter table comms_message
  alter column recipient type sealed using seal_later(id, to_jsonb(recipient)),
  add column recipient_index text,
  add check (seals(recipient, id));
create index comms_message_recipient on comms_message (recipient_index);
