create table comms_message (
  id            uuid primary key,
  template      text not null,
  channel       text not null check (channel in ('mail', 'sms')),
  locale        text not null,
  recipient     text not null,
  subject       text not null,
  -- With a mark in the place of every secret.
  body          text not null,
  -- The secret facts, encrypted; gone once the message has left or has grown old.
  secrets       text,
  about         uuid,
  state         text not null default 'queued' check (state in ('queued', 'sent', 'kept', 'failed')),
  attempts      integer not null default 0,
  error         text,
  created_at    timestamptz not null,
  settled_at    timestamptz,
  check ((state = 'queued') = (settled_at is null)),
  check (secrets is null or state <> 'sent')
);
create index comms_message_created on comms_message (created_at desc, id desc);
create index comms_message_recipient on comms_message (recipient);
create index comms_message_open on comms_message (state) where state in ('queued', 'failed');

-- A company's own words for a message in one language; without a row the words of the program stand.
create table comms_template (
  template      text not null,
  channel       text not null check (channel in ('mail', 'sms')),
  locale        text not null,
  subject       text,
  body          text not null,
  changed_at    timestamptz not null,
  primary key (template, channel, locale)
);
