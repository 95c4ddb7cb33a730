-- The trail is sealed every few seconds: the hashes of its new entries make one root (RFC 6962), and the roots a chain.
create table audit_seal (
  seq           bigint primary key check (seq > 0),
  at            timestamptz not null,
  entries       integer not null check (entries > 0),
  root          text not null,
  previous      text not null,
  hash          text not null unique
);
comment on table audit_seal is 'append-only: the chain over the roots of the sealed entries';

create table audit_leaf (
  seal          bigint not null references audit_seal,
  position      integer not null check (position >= 0),
  entry         uuid not null unique references audit_entry,
  hash          bytea not null,
  primary key (seal, position)
);
comment on table audit_leaf is 'append-only: which entry stands where in which seal, and its hash';

-- What is hashed of an entry and its changes. Permanent: another form would be another function beside it.
create function audit_text_v1(audit_entry) returns text language sql stable as $$
  select jsonb_build_array(1, $1.id, extract(epoch from $1.at), $1.actor_kind, $1.actor, $1.actor_name, $1.command, $1.input, $1.reason,
    $1.about_table, $1.about, $1.place, $1.trace_id, $1.address, $1.device,
    (select jsonb_agg(jsonb_build_array(c.id, c.table_name, c.record, c.version, c.before, c.after) order by c.id)
     from audit_change c where c.entry = $1.id))::text
$$;
