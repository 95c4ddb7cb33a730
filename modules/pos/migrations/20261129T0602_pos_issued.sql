-- A paper stays as it was issued: a sale and a closed shift name the letterhead and the buyer of that moment. No references,
-- because the sale is written on the hot path, and what they name is never deleted but with the person (party_on_paper).
alter table pos_sale add column letterhead uuid, add column buyer uuid;
alter table pos_tender add column name text;
alter table pos_shift add column letterhead uuid, add column as_issued jsonb;

create function pos_sale_issue() returns trigger language plpgsql as $$
begin
  new.letterhead := place_letterhead_now(new.place);
  new.buyer := party_on_paper_now(new.customer, false);
  return new;
end $$;
create trigger pos_sale_issue before insert on pos_sale for each row execute function pos_sale_issue();

create function pos_tender_issue() returns trigger language plpgsql as $$
begin
  select m.name into new.name from payment_method_name m where m.id = new.method;
  return new;
end $$;
create trigger pos_tender_issue before insert on pos_tender for each row execute function pos_tender_issue();

create function pos_shift_issue() returns trigger language plpgsql as $$
begin
  new.letterhead := place_letterhead_now(new.place);
  new.as_issued := jsonb_build_object('till', (select name from pos_till where id = new.till),
    'openedBy', (select name from access_user_name where id = new.opened_by));
  return new;
end $$;
create trigger pos_shift_issue before update on pos_shift for each row when (old.state = 'open' and new.state = 'closed')
  execute function pos_shift_issue();

-- The tax invoice of a sale, from when it was first asked for: that may be later than the sale, with a buyer who gave their tax
-- number since. It bears the number of the sale. Every print after the first is a copy.
create table pos_invoice (
  sale           uuid primary key references pos_sale,
  letterhead     uuid not null,
  buyer          uuid,
  issued_at      timestamptz not null,
  issued_by      uuid not null references access_user,
  prints         integer not null default 0
);
create index pos_invoice_issued_by on pos_invoice (issued_by);
comment on table pos_invoice is 'append-only except prints: issued tax invoices [insiders]';
