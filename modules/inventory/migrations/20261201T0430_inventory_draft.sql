-- Goods papers begin as drafts: written by several people, posted by whoever may. A draft has no number, moves nothing, and is
-- thrown away or posted whole.
drop trigger if exists append_only on inventory_document;
drop trigger if exists append_only_truncate on inventory_document;
drop trigger if exists append_only on inventory_document_line;
drop trigger if exists append_only_truncate on inventory_document_line;
comment on table inventory_document is '[insiders]';
comment on table inventory_document_line is '[insiders]';

alter table inventory_document
  alter column number drop not null,
  alter column state set default 'draft',
  drop constraint inventory_document_state_check,
  add constraint inventory_document_state_check check (state in ('draft', 'posted', 'voided')),
  add constraint inventory_document_posted_when
    check ((state = 'posted') = (number is not null) and (state = 'posted') = (posted_at is not null)),
  add constraint inventory_document_created_by_fkey foreign key (created_by) references access_user;
create index inventory_document_created_by on inventory_document (created_by);
create index inventory_document_drafts on inventory_document (place, created_at desc) where state = 'draft';

-- A line of a draft may not say how many yet; its lot is a code until it is posted, because the lot may not be there.
alter table inventory_document_line
  alter column quantity drop not null,
  add column lot_code text,
  add column expires_on date,
  drop constraint inventory_document_line_document_position_key,
  add constraint inventory_document_line_document_position_key unique (document, position) deferrable initially deferred;

-- What was posted or thrown away stays as it was issued, with its lines.
create function inventory_document_final() returns trigger language plpgsql as $$
begin
  raise exception 'a paper that was posted stays as it was issued' using errcode = '23514', constraint = 'inventory_document_final';
end $$;
create trigger inventory_document_final before update or delete on inventory_document for each row
  when (old.state <> 'draft') execute function inventory_document_final();

create function inventory_document_line_final() returns trigger language plpgsql as $$
begin
  if exists (select from inventory_document where id = old.document and state <> 'draft') then
    raise exception 'a paper that was posted stays as it was issued' using errcode = '23514', constraint = 'inventory_document_final';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger inventory_document_line_final before update or delete on inventory_document_line for each row
  execute function inventory_document_line_final();

-- What an article is called stands on a line as it was when the line was last written, and so as it was when it was posted.
drop trigger inventory_line_issue on inventory_document_line;
create trigger inventory_line_issue before insert or update on inventory_document_line for each row
  execute function inventory_line_issue();
