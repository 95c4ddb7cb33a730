-- When something was written into the trail is told by the database's own clock: nobody dates an entry back.
alter table audit_entry alter column at set default now();
comment on table audit_entry is 'append-only without at: who did what, when, from where; written in the transaction of every command [insiders]';
