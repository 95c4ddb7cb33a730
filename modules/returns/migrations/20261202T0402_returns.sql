-- Goods that came back, and the money that went back for them. Amounts stand above zero: what the customer got.
create table return_note (
  id             uuid primary key,
  number         text not null unique,
  -- What they were sold by: a kind of document and one of it. Nothing where nobody could show a receipt.
  sold_kind      text,
  sold           uuid,
  sold_number    text,
  -- The document of the same moment for which a part of it was taken: an exchange.
  exchange       uuid,
  place          uuid not null references place,
  -- The desk where it was taken back, and the shift whose drawer it was paid from; whoever stands there knows them.
  desk           uuid,
  shift          uuid,
  business_day   date not null,
  customer       uuid references party,
  reason         text not null check (reason in ('defective', 'damaged', 'wrong', 'size', 'unwanted', 'expired', 'other')),
  note           text,
  -- Of a cent of which one came back, the tax may be rounded up before the rest of it.
  net            minor not null,
  tax            minor not null check (tax >= 0),
  discount       minor not null default 0 check (discount >= 0),
  rounding       minor not null default 0,
  total          minor not null check (total >= 0),
  -- Of the total: what went into the exchange, and what was paid back.
  exchanged      minor not null default 0 check (exchanged >= 0),
  refunded       minor not null check (refunded >= 0),
  cost           minor not null,
  taken_by       uuid not null references access_user,
  taken_by_name  text not null,
  agreed_by      uuid references access_user,
  taken_at       timestamptz not null,
  letterhead     uuid,
  buyer          uuid,
  check (net + tax + rounding = total),
  check (exchanged + refunded = total),
  check ((sold_kind is null) = (sold is null))
);
create index return_note_taken on return_note (taken_at, id);
create index return_note_place on return_note (place, business_day);
create index return_note_day on return_note (business_day, taken_at, id);
create index return_note_sold on return_note (sold) where sold is not null;
create index return_note_exchange on return_note (exchange) where exchange is not null;
create index return_note_shift on return_note (shift) where shift is not null;
create index return_note_customer on return_note (customer, taken_at) where customer is not null;
create index return_note_by on return_note (taken_by, taken_at);
create index return_note_agreed on return_note (agreed_by) where agreed_by is not null;
create index return_note_number on return_note using gin (fold_text(number) gin_trgm_ops);
create index return_note_sold_number on return_note using gin (fold_text(sold_number) gin_trgm_ops);
comment on table return_note is 'append-only: goods that came back [insiders]';

create table return_line (
  id             uuid primary key,
  return         uuid not null references return_note,
  position       integer not null,
  -- The line that it was sold by.
  sold_line      uuid,
  variant        uuid not null references catalog_variant,
  name           text not null,
  sku            text not null,
  quantity       qty not null check (quantity > 0),
  unit           text,
  -- Where it goes: back on the shelf, aside to be looked at or mended, or away.
  disposition    text not null check (disposition in ('shelf', 'quarantine', 'repair', 'scrap')),
  tax_code       text not null,
  tax_rate       rate not null,
  discount       minor not null default 0,
  net            minor not null,
  tax            minor not null,
  cost           minor not null
);
create index return_line_return on return_line (return);
create index return_line_variant on return_line (variant);
comment on table return_line is 'append-only: goods that came back, line by line [insiders]';

create table return_refund (
  id             uuid primary key,
  return         uuid not null references return_note,
  -- The payment that it goes back to; nothing where it was paid another way.
  tender         uuid,
  method         uuid not null references payment_method,
  kind           text not null,
  name           text not null,
  amount         minor not null check (amount > 0),
  reference      text
);
create index return_refund_return on return_refund (return);
create index return_refund_tender on return_refund (tender) where tender is not null;
create index return_refund_method on return_refund (method);
comment on table return_refund is 'append-only: money that went back [insiders]';

-- How much of a sold line came back so far, and what was given for it: the row that two who take back the last unit wait for.
create table return_counter (
  line           uuid primary key,
  sold           qty not null check (sold > 0),
  gone           qty not null default 0,
  total          minor not null default 0,
  tax            minor not null default 0,
  discount       minor not null default 0,
  cost           minor not null default 0,
  constraint return_counter_left check (gone between 0 and sold)
);
comment on table return_counter is '[insiders]';

-- Published for figures, and for those who sold it.
create view return_fact with (security_invoker = true) as
  select id, number, sold_kind, sold, exchange, place, desk, shift, business_day, customer, taken_by, taken_by_name, taken_at, reason, net, tax,
    discount, rounding, total, exchanged, refunded, cost from return_note;
create view return_line_fact with (security_invoker = true) as
  select id, return, sold_line, variant, name, sku, quantity, disposition, discount, net, tax, cost, tax_code, tax_rate from return_line;
create view return_refund_fact with (security_invoker = true) as
  select return, tender, method, kind, amount from return_refund;

-- A paper stays as it was issued: with the letterhead and the buyer of that moment.
create function return_issue() returns trigger language plpgsql as $$
begin
  new.letterhead := place_letterhead_now(new.place);
  new.buyer := party_on_paper_now(new.customer, false);
  return new;
end $$;
create trigger return_issue before insert on return_note for each row execute function return_issue();
