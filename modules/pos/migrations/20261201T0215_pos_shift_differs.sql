-- Whoever answers for tills looks for those that were short or over.
alter table pos_shift add column differs boolean not null generated always as (coalesce(variance, 0) <> 0) stored;
create index pos_shift_differs on pos_shift (business_day) where differs;
