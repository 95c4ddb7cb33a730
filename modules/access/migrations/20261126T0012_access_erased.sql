-- Somebody who worked here and whose personal data was erased. The trail goes on naming who did what.
alter table access_user add column erased_at timestamptz, add check (erased_at is null or state = 'disabled');
