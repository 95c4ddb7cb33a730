-- Roles are data. One that came with the program begins with what its modules suggest; its lines say what is different here.
create table access_role (
  id             uuid primary key,
  -- What people's roles, invitations and groups name it by; permanent.
  key            text not null unique check (key ~ '^[A-Za-z0-9-]{1,40}$'),
  -- The role whose suggested permissions it begins with; none begins with nothing.
  base           text check (base in ('owner', 'administrator', 'manager', 'cashier', 'callAgent', 'callManager', 'stockKeeper',
    'packer', 'deliveryManager', 'rider', 'buyer', 'seller', 'accountant', 'salesRep', 'marketer', 'productionManager',
    'dispatcher', 'vanSalesman', 'guard', 'auditor', 'viewer')),
  -- Empty for one that came with the program and goes by its own name.
  name           text,
  note           text,
  -- How long a session of somebody with this role lives: in all, without a hand on it, and until a shared device asks for a PIN.
  hours          integer not null default 8 check (hours between 1 and 2160),
  idle_minutes   integer not null default 60 check (idle_minutes between 5 and 129600),
  lock_minutes   integer check (lock_minutes between 1 and 120),
  second_factor  boolean not null default false,
  created_at     timestamptz not null default now(),
  version        integer not null default 1,
  archived_at    timestamptz
);

-- `none`: not held here though it is suggested. `never`: taken away, whatever other roles of the person bring.
create table access_role_line (
  role           uuid not null references access_role,
  permission     text not null,
  scope          text not null check (scope in ('own', 'team', 'seller', 'place', 'all', 'none', 'never')),
  primary key (role, permission)
);

insert into access_role (id, key, base, hours, idle_minutes, lock_minutes)
select uuidv7(), key, key,
  case when key in ('cashier', 'packer', 'guard') then 12 when key in ('rider', 'vanSalesman') then 720 else 8 end,
  case when key in ('rider', 'vanSalesman') then 43200 else 60 end,
  case when key in ('cashier', 'packer', 'guard') then 5 when key in ('rider', 'vanSalesman') then 15 end
from unnest(array['owner', 'administrator', 'manager', 'cashier', 'callAgent', 'callManager', 'stockKeeper', 'packer',
  'deliveryManager', 'rider', 'buyer', 'seller', 'accountant', 'salesRep', 'marketer', 'productionManager', 'dispatcher',
  'vanSalesman', 'guard', 'auditor', 'viewer']) as key;

-- People who work together and see what the others of them make, where a role says so.
create table access_team (
  id             uuid primary key,
  name           text not null unique,
  note           text,
  created_at     timestamptz not null default now(),
  version        integer not null default 1,
  archived_at    timestamptz
);
alter table access_user add column team uuid references access_team;
create index access_user_team on access_user (team);

-- A role is held for a seller too, and may end by itself.
alter table access_member
  drop constraint access_member_role_check,
  drop constraint access_member_holder_role_place_key,
  add column seller uuid references party,
  add column until timestamptz,
  add foreign key (role) references access_role (key),
  add unique nulls not distinct (holder, role, place, seller);
create index access_member_seller on access_member (seller);
create index access_member_role on access_member (role);

alter table access_invitation_role
  drop constraint access_invitation_role_role_check,
  drop constraint access_invitation_role_invitation_role_place_key,
  add column seller uuid references party,
  add column until timestamptz,
  add foreign key (role) references access_role (key),
  add unique nulls not distinct (invitation, role, place, seller);
create index access_invitation_role_seller on access_invitation_role (seller);
create index access_invitation_role_role on access_invitation_role (role);
