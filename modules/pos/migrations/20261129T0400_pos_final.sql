-- What is final is so by right, as the ledgers are: the program adds it and changes it no more.
comment on table pos_sale is 'append-only except prints: a completed sale [insiders]';
comment on table pos_sale_line is 'append-only: what was sold [insiders]';
comment on table pos_tender is 'append-only: what was paid [insiders]';
comment on table pos_cash_move is 'append-only: cash that went in or out of a drawer [insiders]';

create function pos_shift_final() returns trigger language plpgsql as $$
begin
  raise exception 'a closed shift stays as it was counted' using errcode = '23514', constraint = 'pos_shift_final';
end $$;
create trigger pos_shift_final before update or delete on pos_shift for each row when (old.state = 'closed') execute function pos_shift_final();

-- A month is not closed under an open till of that or an earlier month.
create or replace function pos_keep_period() returns trigger language plpgsql as $$
begin
  if exists (select from pos_shift where state = 'open' and business_day < new.first_day + interval '1 month') then
    raise exception 'a till is open in this month' using errcode = 'check_violation', constraint = 'pos_shift_open_then';
  end if;
  return new;
end $$;
