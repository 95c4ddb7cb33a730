-- An invitation may carry several roles, each everywhere or at one place, as the person will hold them.
create table access_invitation_role (
  id             uuid primary key,
  invitation     uuid not null references access_invitation on delete cascade,
  role           text not null check (role in ('owner', 'manager', 'cashier', 'stockKeeper', 'accountant', 'auditor')),
  place          uuid references place,
  unique nulls not distinct (invitation, role, place)
);
create index access_invitation_role_place on access_invitation_role (place);

insert into access_invitation_role (id, invitation, role, place)
select uuidv7(), id, role, place from access_invitation;

alter table access_invitation drop column role, drop column place;
