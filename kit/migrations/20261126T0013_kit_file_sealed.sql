-- The generation of the key that the bytes of a file are encrypted with; none where they stand as they are.
alter table file add column sealed_by integer check (sealed_by > 0);
create index file_sealed on file (sealed_by) where sealed_by is not null;
