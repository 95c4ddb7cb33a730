-- Which calendar a person reads days in; the days themselves are the same.
alter table access_user add column calendar text not null default 'gregory'
  check (calendar in ('gregory', 'islamic-umalqura'));
