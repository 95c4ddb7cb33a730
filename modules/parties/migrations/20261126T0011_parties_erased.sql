-- Somebody whose personal data was erased: what they bought stays, who they were does not.
alter table party add column erased_at timestamptz;
