-- A file finds each of its people by name, number or address: without this one, every row of it looked at everybody.
create index party_named on party (lower(name));
