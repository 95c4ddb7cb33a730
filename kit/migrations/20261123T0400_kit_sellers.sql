-- The second lock: what people from outside read is read with the role `duka_outsider` and their sellers set for the transaction. Tables say in their
-- comment what they are to them: `[seller: column]` rows of those sellers, `[insiders]` nothing.
create function duka_sellers() returns uuid[] language sql stable parallel safe
  as $$ select nullif(current_setting('duka.sellers', true), '')::uuid[] $$;

comment on table audit_entry is 'append-only: who did what, when, from where; written in the transaction of every command [insiders]';
comment on table audit_change is 'append-only: the declared fields of a record before and after an entry [insiders]';
comment on table activity is 'append-only: what people did that changes nothing [insiders]';
comment on table import_run is '[insiders]';
comment on table import_refusal is '[insiders]';
comment on table import_trace is '[insiders]';
comment on table event is '[insiders]';
