-- A reference is the same in wide letters, and in Cyrillic ones that look like its own.
create or replace function pos_key_reference() returns trigger language plpgsql as $$
begin
  new.reference_key := nullif(regexp_replace(
    translate(upper(normalize(new.reference, NFKC)), 'АВЕКМНОРСТУХІЈЅ', 'ABEKMHOPCTYXIJS'), '[^[:alnum:]]', '', 'g'), '');
  return new;
end $$;
