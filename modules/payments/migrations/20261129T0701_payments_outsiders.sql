-- What people from outside see of these: see duka_sellers(). `[outsiders]`: the second lock leaves them all of it.
comment on table payment_method is '[outsiders]';
