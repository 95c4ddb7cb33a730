-- Records that must stay as they are, because a court, an authority or a quarrel asks for it, until somebody lifts the hold.
create table legal_hold (
  id          uuid primary key,
  table_name  text not null,
  record      uuid not null,
  title       text not null,
  reason      text not null,
  placed_by   uuid,
  placed_at   timestamptz not null,
  lifted_by   uuid,
  lifted_at   timestamptz
);
create unique index legal_hold_open on legal_hold (record) where lifted_at is null;
comment on table legal_hold is '[insiders]';

-- Activity is append-only for everybody; what is old enough goes through this one door, which the program may open and not widen:
-- never what is younger than thirty days, never what is about a held record or by a held person.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and tg_table_name = 'activity' and current_setting('duka.forgetting', true) = 'activity'
    and current_user = (select relowner::regrole::text from pg_class where oid = tg_relid) then
    return old;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = '42501';
end $$;

create function forget_activity(kinds text[], before timestamptz, most integer) returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
declare gone integer;
begin
  perform set_config('duka.forgetting', 'activity', true);
  delete from activity where id in (
    select a.id from activity a where a.kind = any(kinds) and a.at < least(before, now() - interval '30 days')
      and not exists (select from legal_hold h where h.lifted_at is null and h.record in (a.about, a.actor))
    limit most);
  get diagnostics gone = row_count;
  perform set_config('duka.forgetting', '', true);
  return gone;
end $$;
create index activity_kind_at on activity (kind, at);
