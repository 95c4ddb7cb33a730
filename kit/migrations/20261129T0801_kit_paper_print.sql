-- Prints of issued papers that keep no count of their own: every one after the first says that it is a copy.
create table paper_print (
  id          uuid primary key,
  paper       uuid not null,
  printed_by  uuid,
  printed_at  timestamptz not null
);
create index paper_print_paper on paper_print (paper, printed_at);
comment on table paper_print is 'append-only: prints of issued papers [insiders]';
