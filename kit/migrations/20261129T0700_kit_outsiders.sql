-- What people from outside see of these: see duka_sellers(). `[outsiders]`: the second lock leaves them all of it.
comment on table audit_leaf is '[insiders]';
comment on table audit_seal is '[insiders]';
comment on table data_key is '[insiders]';
comment on table idempotency_key is '[insiders]';
comment on table migration is '[insiders]';
comment on table series is '[insiders]';
comment on table number_template is '[insiders]';
comment on table file is '[outsiders]';
comment on table import_mapping is '[outsiders]';
comment on table saved_view is '[outsiders]';
comment on table setting is '[outsiders]';
