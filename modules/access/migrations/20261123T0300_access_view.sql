-- Whose eyes the holder of a session looks through for a while; nothing can be changed meanwhile.
alter table access_session add column viewing uuid references access_user;
create index access_session_viewing on access_session (viewing);
