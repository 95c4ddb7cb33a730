-- What people from outside see of these: see duka_sellers().
comment on table party is '[seller: id]';
