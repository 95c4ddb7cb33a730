-- Prints are counted for every paper in one place (paper_print).
alter table pos_sale drop column prints;
comment on table pos_sale is 'append-only: a completed sale [insiders]';
alter table pos_invoice drop column prints;
comment on table pos_invoice is 'append-only: issued tax invoices [insiders]';
