-- The timeline of a record asks for the messages about it.
create index comms_message_about on comms_message (about, created_at desc, id desc) where about is not null;
