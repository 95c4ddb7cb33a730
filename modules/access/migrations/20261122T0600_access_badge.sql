-- A badge that is scanned in place of a PIN; kept hashed like every other token.
alter table access_user add column badge_hash text unique;
