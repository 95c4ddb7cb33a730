-- Who the other party of a paper was when it was issued: a row where the same person or organisation has not been on a paper
-- with these facts yet. Only those that an invoice names outlive the erasing of the person (docs/decisions/0022).
create table party_on_paper (
  id            uuid primary key,
  party         uuid not null references party,
  name          text not null,
  address       sealed check (seals(address, party)),
  city          text,
  tax_number    sealed check (seals(tax_number, party)),
  is_kept       boolean not null default false
);
create index party_on_paper_party on party_on_paper (party, id);
comment on table party_on_paper is '[insiders]';

create function party_on_paper_now(wanted uuid, keep boolean) returns uuid language plpgsql as $$
declare
  found_id uuid;
begin
  if wanted is null then
    return null;
  end if;
  select v.id into found_id from party_on_paper v join party p on p.id = v.party
    where v.party = wanted and v.is_kept = keep and v.name = p.name and v.address is not distinct from p.address
      and v.city is not distinct from p.city and v.tax_number is not distinct from p.tax_number
    order by v.id desc limit 1;
  if found_id is null then
    insert into party_on_paper (id, party, name, address, city, tax_number, is_kept)
      select uuidv7(), p.id, p.name, p.address, p.city, p.tax_number, keep from party p where p.id = wanted
      returning id into found_id;
  end if;
  return found_id;
end $$;
