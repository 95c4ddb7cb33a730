-- One record may be printed as more than one paper: a sale as its receipt and as its invoice.
alter table paper_print add column kind text not null default 'paper' check (kind in ('paper', 'invoice'));
drop index if exists paper_print_paper;
create index paper_print_paper on paper_print (paper, kind, printed_at);
