-- What people from outside see of these: see duka_sellers().
comment on table comms_message is '[insiders]';
