-- A session that is bound to its device: the browser keeps a key that can't be copied out of it, and shows every few minutes that
-- it has it. A cookie that was taken from a telephone is worth nothing elsewhere.
alter table access_role add column bind_device boolean not null default false;
update access_role set bind_device = true where key = 'rider';
alter table access_session
  add column bound boolean not null default false,
  add column device_key jsonb,
  add column device_proven_at timestamptz,
  add check (bound or device_key is null);
