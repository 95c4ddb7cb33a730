-- Dumped after migrating. Read it, never edit it.

create table access_api_key (
  id uuid not null,
  holder uuid not null,
  name text not null,
  prefix text not null,
  token_hash text not null,
  permissions text[] not null,
  addresses text[] not null default '{}'::text[],
  rate integer not null,
  state text not null default 'active'::text,
  expires_at timestamp with time zone,
  used_at timestamp with time zone,
  used_from text,
  created_at timestamp with time zone not null,
  constraint access_api_key_token_hash_key UNIQUE (token_hash),
  constraint access_api_key_pkey PRIMARY KEY (id),
  constraint access_api_key_holder_fkey FOREIGN KEY (holder) REFERENCES access_user(id),
  constraint access_api_key_rate_check CHECK (((rate >= 1) AND (rate <= 6000))),
  constraint access_api_key_state_check CHECK ((state = ANY (ARRAY['active'::text, 'revoked'::text])))
);
CREATE INDEX access_api_key_holder ON public.access_api_key USING btree (holder);

create table access_app_code (
  code_hash text not null,
  holder uuid not null,
  challenge text not null,
  redirect text not null,
  app text not null,
  methods text[] not null,
  expires_at timestamp with time zone not null,
  permissions text[],
  constraint access_app_code_pkey PRIMARY KEY (code_hash),
  constraint access_app_code_holder_fkey FOREIGN KEY (holder) REFERENCES access_user(id)
);
CREATE INDEX access_app_code_holder ON public.access_app_code USING btree (holder);

create table access_approval (
  id uuid not null,
  kinds text[] not null,
  permissions text[] not null,
  by_owner boolean not null,
  place uuid,
  command text not null,
  content_hash text not null,
  content text not null,
  facts jsonb not null,
  state text not null default 'needed'::text,
  asked_by uuid not null,
  asked_at timestamp with time zone not null,
  note text,
  decided_by uuid,
  decided_at timestamp with time zone,
  decision_note text,
  used_at timestamp with time zone,
  expires_at timestamp with time zone not null,
  constraint access_approval_pkey PRIMARY KEY (id),
  constraint access_approval_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES access_user(id),
  constraint access_approval_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES access_user(id),
  constraint access_approval_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint access_approval_check CHECK ((decided_by <> asked_by)),
  constraint access_approval_check1 CHECK (((state = ANY (ARRAY['approved'::text, 'rejected'::text, 'used'::text])) = (decided_by IS NOT NULL))),
  constraint access_approval_state_check CHECK ((state = ANY (ARRAY['needed'::text, 'asked'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text, 'used'::text])))
);
CREATE INDEX access_approval_asked_by ON public.access_approval USING btree (asked_by, asked_at DESC);
CREATE UNIQUE INDEX access_approval_content ON public.access_approval USING btree (asked_by, content_hash) WHERE (state = ANY (ARRAY['needed'::text, 'asked'::text]));
CREATE INDEX access_approval_decided_by ON public.access_approval USING btree (decided_by, decided_at DESC);
CREATE INDEX access_approval_open ON public.access_approval USING btree (asked_at) WHERE (state = 'asked'::text);
CREATE INDEX access_approval_place ON public.access_approval USING btree (place);

create table access_backup_code (
  holder uuid not null,
  slot smallint not null,
  hash text not null,
  used_at timestamp with time zone,
  used_from text,
  constraint access_backup_code_pkey PRIMARY KEY (holder, slot),
  constraint access_backup_code_holder_fkey FOREIGN KEY (holder) REFERENCES access_user(id),
  constraint access_backup_code_slot_check CHECK (((slot >= 0) AND (slot <= 9)))
);

create table access_browser (
  token_hash text not null,
  holder uuid not null,
  device text,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  trusted_until timestamp with time zone,
  constraint access_browser_pkey PRIMARY KEY (token_hash, holder),
  constraint access_browser_holder_fkey FOREIGN KEY (holder) REFERENCES access_user(id)
);
CREATE INDEX access_browser_holder ON public.access_browser USING btree (holder);

create table access_contact (
  id uuid not null,
  holder uuid not null,
  kind text not null,
  value sealed not null,
  code_hash text not null,
  tries integer not null default 0,
  expires_at timestamp with time zone not null,
  constraint access_contact_holder_kind_key UNIQUE (holder, kind),
  constraint access_contact_pkey PRIMARY KEY (id),
  constraint access_contact_holder_fkey FOREIGN KEY (holder) REFERENCES access_user(id),
  constraint access_contact_check CHECK (seals(value, id)),
  constraint access_contact_kind_check CHECK ((kind = ANY (ARRAY['email'::text, 'phone'::text])))
);

create table access_factor (
  id uuid not null,
  holder uuid not null,
  kind text not null,
  name text not null,
  state text not null default 'proposed'::text,
  secret text,
  last_step bigint,
  credential text,
  public_key text,
  sign_count bigint not null default 0,
  transports text[] not null default '{}'::text[],
  backed_up boolean not null default false,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint access_factor_credential_key UNIQUE (credential),
  constraint access_factor_pkey PRIMARY KEY (id),
  constraint access_factor_holder_fkey FOREIGN KEY (holder) REFERENCES access_user(id),
  constraint access_factor_check CHECK (((kind <> 'passkey'::text) OR (credential IS NOT NULL))),
  constraint access_factor_kind_check CHECK ((kind = ANY (ARRAY['totp'::text, 'passkey'::text]))),
  constraint access_factor_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'active'::text, 'removed'::text])))
);
CREATE INDEX access_factor_holder ON public.access_factor USING btree (holder);
CREATE UNIQUE INDEX access_factor_one_app ON public.access_factor USING btree (holder) WHERE ((kind = 'totp'::text) AND (state = 'active'::text));

create table access_identity (
  issuer text not null,
  subject text not null,
  holder uuid not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone not null,
  constraint access_identity_pkey PRIMARY KEY (issuer, subject),
  constraint access_identity_holder_fkey FOREIGN KEY (holder) REFERENCES access_user(id)
);
CREATE INDEX access_identity_holder ON public.access_identity USING btree (holder);

create table access_invitation (
  id uuid not null,
  email sealed not null,
  name text not null,
  token_hash text not null,
  state text not null default 'sent'::text,
  invited_by uuid,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  email_index text,
  constraint access_invitation_token_hash_key UNIQUE (token_hash),
  constraint access_invitation_pkey PRIMARY KEY (id),
  constraint access_invitation_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES access_user(id),
  constraint access_invitation_check CHECK (seals(email, id)),
  constraint access_invitation_state_check CHECK ((state = ANY (ARRAY['sent'::text, 'accepted'::text, 'withdrawn'::text])))
);
CREATE INDEX access_invitation_email ON public.access_invitation USING btree (email_index) WHERE (state = 'sent'::text);
CREATE INDEX access_invitation_invited_by ON public.access_invitation USING btree (invited_by);

create table access_invitation_role (
  id uuid not null,
  invitation uuid not null,
  role text not null,
  place uuid,
  seller uuid,
  until timestamp with time zone,
  constraint access_invitation_role_invitation_role_place_seller_key UNIQUE NULLS NOT DISTINCT (invitation, role, place, seller),
  constraint access_invitation_role_pkey PRIMARY KEY (id),
  constraint access_invitation_role_invitation_fkey FOREIGN KEY (invitation) REFERENCES access_invitation(id) ON DELETE CASCADE,
  constraint access_invitation_role_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint access_invitation_role_role_fkey FOREIGN KEY (role) REFERENCES access_role(key),
  constraint access_invitation_role_seller_fkey FOREIGN KEY (seller) REFERENCES party(id)
);
CREATE INDEX access_invitation_role_place ON public.access_invitation_role USING btree (place);
CREATE INDEX access_invitation_role_role ON public.access_invitation_role USING btree (role);
CREATE INDEX access_invitation_role_seller ON public.access_invitation_role USING btree (seller);

create table access_member (
  id uuid not null,
  holder uuid not null,
  role text not null,
  place uuid,
  source text not null default 'here'::text,
  seller uuid,
  until timestamp with time zone,
  constraint access_member_holder_role_place_seller_key UNIQUE NULLS NOT DISTINCT (holder, role, place, seller),
  constraint access_member_pkey PRIMARY KEY (id),
  constraint access_member_holder_fkey FOREIGN KEY (holder) REFERENCES access_user(id),
  constraint access_member_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint access_member_role_fkey FOREIGN KEY (role) REFERENCES access_role(key),
  constraint access_member_seller_fkey FOREIGN KEY (seller) REFERENCES party(id),
  constraint access_member_source_check CHECK ((source = ANY (ARRAY['here'::text, 'provider'::text])))
);
CREATE INDEX access_member_place ON public.access_member USING btree (place);
CREATE INDEX access_member_role ON public.access_member USING btree (role);
CREATE INDEX access_member_seller ON public.access_member USING btree (seller);

create table access_refresh (
  id uuid not null,
  family uuid not null,
  token_hash text not null,
  parent uuid,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint access_refresh_token_hash_key UNIQUE (token_hash),
  constraint access_refresh_pkey PRIMARY KEY (id),
  constraint access_refresh_family_fkey FOREIGN KEY (family) REFERENCES access_session(family) ON DELETE CASCADE,
  constraint access_refresh_parent_fkey FOREIGN KEY (parent) REFERENCES access_refresh(id) ON DELETE CASCADE
);
CREATE INDEX access_refresh_family ON public.access_refresh USING btree (family);
CREATE INDEX access_refresh_parent ON public.access_refresh USING btree (parent);

create table access_registration (
  id uuid not null,
  email sealed not null,
  name text not null,
  phone sealed,
  locale text not null,
  password_hash text,
  state text not null default 'begun'::text,
  code_hash text,
  tries integer not null default 0,
  code_until timestamp with time zone,
  reason text,
  decided_by uuid,
  decided_at timestamp with time zone,
  created_at timestamp with time zone not null,
  email_index text,
  kind text not null default 'person'::text,
  company text,
  country text,
  expected_daily_orders integer,
  store_name text,
  store_link text,
  bank_account sealed,
  id_front uuid,
  id_back uuid,
  upload_hash text,
  seller uuid,
  browser_hash text,
  constraint access_registration_upload_hash_key UNIQUE (upload_hash),
  constraint access_registration_pkey PRIMARY KEY (id),
  constraint access_registration_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES access_user(id),
  constraint access_registration_id_back_fkey FOREIGN KEY (id_back) REFERENCES file(id),
  constraint access_registration_id_front_fkey FOREIGN KEY (id_front) REFERENCES file(id),
  constraint access_registration_seller_fkey FOREIGN KEY (seller) REFERENCES party(id),
  constraint access_registration_check CHECK (((state = ANY (ARRAY['approved'::text, 'rejected'::text])) = (decided_at IS NOT NULL))),
  constraint access_registration_check1 CHECK (((decided_at IS NULL) OR (password_hash IS NULL))),
  constraint access_registration_check2 CHECK (seals(email, id)),
  constraint access_registration_check3 CHECK (seals(phone, id)),
  constraint access_registration_check4 CHECK (seals(bank_account, id)),
  constraint access_registration_check5 CHECK (((kind = 'seller'::text) OR (company IS NULL))),
  constraint access_registration_check6 CHECK (((state <> 'verified'::text) OR (kind = 'seller'::text))),
  constraint access_registration_expected_daily_orders_check CHECK ((expected_daily_orders >= 0)),
  constraint access_registration_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'seller'::text]))),
  constraint access_registration_state_check CHECK ((state = ANY (ARRAY['begun'::text, 'verified'::text, 'pending'::text, 'approved'::text, 'rejected'::text])))
);
CREATE INDEX access_registration_begun ON public.access_registration USING btree (email_index) WHERE (state = 'begun'::text);
CREATE INDEX access_registration_decided_by ON public.access_registration USING btree (decided_by);
CREATE INDEX access_registration_id_back ON public.access_registration USING btree (id_back);
CREATE INDEX access_registration_id_front ON public.access_registration USING btree (id_front);
CREATE UNIQUE INDEX access_registration_open ON public.access_registration USING btree (email_index) WHERE (state = ANY (ARRAY['verified'::text, 'pending'::text]));
CREATE INDEX access_registration_seller ON public.access_registration USING btree (seller);
CREATE INDEX access_registration_state ON public.access_registration USING btree (state, created_at DESC);

create table access_reset (
  id uuid not null,
  holder uuid not null,
  token_hash text not null,
  code_hash text not null,
  tries integer not null default 0,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint access_reset_token_hash_key UNIQUE (token_hash),
  constraint access_reset_pkey PRIMARY KEY (id),
  constraint access_reset_holder_fkey FOREIGN KEY (holder) REFERENCES access_user(id)
);
CREATE INDEX access_reset_holder ON public.access_reset USING btree (holder, created_at DESC);

create table access_role (
  id uuid not null,
  key text not null,
  base text,
  name text,
  note text,
  hours integer not null default 8,
  idle_minutes integer not null default 60,
  lock_minutes integer,
  second_factor boolean not null default false,
  created_at timestamp with time zone not null default now(),
  version integer not null default 1,
  archived_at timestamp with time zone,
  bind_device boolean not null default false,
  constraint access_role_key_key UNIQUE (key),
  constraint access_role_pkey PRIMARY KEY (id),
  constraint access_role_base_check CHECK ((base = ANY (ARRAY['owner'::text, 'administrator'::text, 'manager'::text, 'cashier'::text, 'callAgent'::text, 'callManager'::text, 'stockKeeper'::text, 'packer'::text, 'deliveryManager'::text, 'rider'::text, 'buyer'::text, 'seller'::text, 'accountant'::text, 'salesRep'::text, 'marketer'::text, 'productionManager'::text, 'dispatcher'::text, 'vanSalesman'::text, 'guard'::text, 'auditor'::text, 'viewer'::text]))),
  constraint access_role_hours_check CHECK (((hours >= 1) AND (hours <= 2160))),
  constraint access_role_idle_minutes_check CHECK (((idle_minutes >= 5) AND (idle_minutes <= 129600))),
  constraint access_role_key_check CHECK ((key ~ '^[A-Za-z0-9-]{1,40}$'::text)),
  constraint access_role_lock_minutes_check CHECK (((lock_minutes >= 1) AND (lock_minutes <= 120)))
);

create table access_role_line (
  role uuid not null,
  permission text not null,
  scope text not null,
  constraint access_role_line_pkey PRIMARY KEY (role, permission),
  constraint access_role_line_role_fkey FOREIGN KEY (role) REFERENCES access_role(id),
  constraint access_role_line_scope_check CHECK ((scope = ANY (ARRAY['own'::text, 'team'::text, 'seller'::text, 'place'::text, 'all'::text, 'none'::text, 'never'::text])))
);

create table access_session (
  token_hash text not null,
  holder uuid not null,
  created_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  address text,
  device text,
  proven_at timestamp with time zone,
  methods text[] not null default '{}'::text[],
  idle_minutes integer not null default 60,
  lock_minutes integer,
  locked_at timestamp with time zone,
  family uuid,
  viewing uuid,
  bound boolean not null default false,
  device_key jsonb,
  device_proven_at timestamp with time zone,
  permissions text[],
  previous_hash text,
  previous_until timestamp with time zone,
  constraint access_session_family_key UNIQUE (family),
  constraint access_session_pkey PRIMARY KEY (token_hash),
  constraint access_session_holder_fkey FOREIGN KEY (holder) REFERENCES access_user(id),
  constraint access_session_viewing_fkey FOREIGN KEY (viewing) REFERENCES access_user(id),
  constraint access_session_check CHECK ((bound OR (device_key IS NULL))),
  constraint access_session_idle_minutes_check CHECK ((idle_minutes > 0)),
  constraint access_session_lock_minutes_check CHECK ((lock_minutes > 0))
);
CREATE INDEX access_session_holder ON public.access_session USING btree (holder);
CREATE INDEX access_session_previous ON public.access_session USING btree (previous_hash) WHERE (previous_hash IS NOT NULL);
CREATE INDEX access_session_viewing ON public.access_session USING btree (viewing);

create table access_sign_in (
  token_hash text not null,
  holder uuid,
  state text not null,
  proofs text[] not null default '{}'::text[],
  challenge text,
  tries integer not null default 0,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint access_sign_in_pkey PRIMARY KEY (token_hash),
  constraint access_sign_in_holder_fkey FOREIGN KEY (holder) REFERENCES access_user(id),
  constraint access_sign_in_state_check CHECK ((state = ANY (ARRAY['begun'::text, 'secondAsked'::text, 'enrolmentAsked'::text, 'passwordAsked'::text, 'completed'::text, 'refused'::text])))
);
CREATE INDEX access_sign_in_expires ON public.access_sign_in USING btree (expires_at);
CREATE INDEX access_sign_in_holder ON public.access_sign_in USING btree (holder);

create table access_signing_key (
  kid text not null,
  public_jwk jsonb not null,
  private_jwk text not null,
  created_at timestamp with time zone not null,
  constraint access_signing_key_pkey PRIMARY KEY (kid)
);

create table access_team (
  id uuid not null,
  name text not null,
  note text,
  created_at timestamp with time zone not null default now(),
  version integer not null default 1,
  archived_at timestamp with time zone,
  constraint access_team_name_key UNIQUE (name),
  constraint access_team_pkey PRIMARY KEY (id)
);

create table access_throttle (
  key character varying(255) not null,
  points integer not null default 0,
  expire bigint,
  constraint access_throttle_pkey PRIMARY KEY (key)
);
CREATE INDEX access_throttle_expire ON public.access_throttle USING btree (expire);

create table access_user (
  id uuid not null,
  name text not null,
  email sealed not null,
  state text not null default 'active'::text,
  password_hash text,
  pin_hash text,
  locale text not null default 'en'::text,
  digits text not null default 'latn'::text,
  pin_failures integer not null default 0,
  pin_locked_until timestamp with time zone,
  last_seen_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  version integer not null default 1,
  calendar text not null default 'gregory'::text,
  must_change_password boolean not null default false,
  password_changed_at timestamp with time zone,
  last_password_at timestamp with time zone,
  badge_hash text,
  team uuid,
  email_index text,
  phones sealed not null,
  phones_index text[] not null default '{}'::text[],
  code_phone sealed,
  photo uuid,
  photo_x smallint not null default 50,
  photo_y smallint not null default 50,
  erased_at timestamp with time zone,
  former_indexes text[] not null default '{}'::text[],
  constraint access_user_badge_hash_key UNIQUE (badge_hash),
  constraint access_user_email_key UNIQUE (email_index),
  constraint access_user_pkey PRIMARY KEY (id),
  constraint access_user_photo_fkey FOREIGN KEY (photo) REFERENCES file(id),
  constraint access_user_team_fkey FOREIGN KEY (team) REFERENCES access_team(id),
  constraint access_user_calendar_check CHECK ((calendar = ANY (ARRAY['gregory'::text, 'islamic-umalqura'::text]))),
  constraint access_user_check CHECK (seals(email, id)),
  constraint access_user_check1 CHECK (seals(phones, id)),
  constraint access_user_check2 CHECK (seals(code_phone, id)),
  constraint access_user_check3 CHECK (((erased_at IS NULL) OR (state = 'disabled'::text))),
  constraint access_user_digits_check CHECK ((digits = ANY (ARRAY['latn'::text, 'arab'::text]))),
  constraint access_user_locale_check CHECK ((locale ~ '^[a-z]{2,3}(-[A-Z]{2})?$'::text)),
  constraint access_user_photo_x_check CHECK (((photo_x >= 0) AND (photo_x <= 100))),
  constraint access_user_photo_y_check CHECK (((photo_y >= 0) AND (photo_y <= 100))),
  constraint access_user_state_check CHECK ((state = ANY (ARRAY['active'::text, 'disabled'::text])))
);
CREATE INDEX access_user_phones ON public.access_user USING gin (phones_index);
CREATE INDEX access_user_photo ON public.access_user USING btree (photo);
CREATE INDEX access_user_team ON public.access_user USING btree (team);

create view access_user_name with (security_invoker = true) as
SELECT id,
    name
   FROM access_user;

create table activity (
  id uuid not null,
  at timestamp with time zone not null,
  kind text not null,
  actor uuid,
  actor_name text not null,
  about_table text,
  about uuid,
  place uuid,
  facts jsonb not null default '{}'::jsonb,
  trace_id text not null,
  address text,
  device text,
  constraint activity_pkey PRIMARY KEY (id)
);
CREATE INDEX activity_about ON public.activity USING btree (about, at DESC) WHERE (about IS NOT NULL);
CREATE INDEX activity_actor ON public.activity USING btree (actor, at DESC) WHERE (actor IS NOT NULL);
CREATE INDEX activity_at ON public.activity USING btree (at DESC, id DESC);
CREATE INDEX activity_kind ON public.activity USING btree (kind, at DESC);
CREATE INDEX activity_kind_at ON public.activity USING btree (kind, at);

create table audit_change (
  id uuid not null,
  entry uuid not null,
  table_name text not null,
  record uuid not null,
  version integer,
  before jsonb,
  after jsonb,
  constraint audit_change_pkey PRIMARY KEY (id),
  constraint audit_change_entry_fkey FOREIGN KEY (entry) REFERENCES audit_entry(id)
);
CREATE INDEX audit_change_entry ON public.audit_change USING btree (entry);
CREATE INDEX audit_change_record ON public.audit_change USING btree (record, id DESC);

create table audit_entry (
  id uuid not null,
  at timestamp with time zone not null default now(),
  actor_kind text not null,
  actor uuid,
  actor_name text not null,
  command text not null,
  input jsonb not null,
  reason text,
  about_table text,
  about uuid,
  place uuid,
  trace_id text not null,
  address text,
  device text,
  constraint audit_entry_pkey PRIMARY KEY (id),
  constraint audit_entry_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['user'::text, 'system'::text, 'setup'::text])))
);
CREATE INDEX audit_entry_about ON public.audit_entry USING btree (about, at DESC) WHERE (about IS NOT NULL);
CREATE INDEX audit_entry_actor ON public.audit_entry USING btree (actor, at DESC);
CREATE INDEX audit_entry_at ON public.audit_entry USING btree (at DESC, id DESC);
CREATE INDEX audit_entry_command ON public.audit_entry USING btree (command, at DESC);

create table audit_leaf (
  seal bigint not null,
  position integer not null,
  entry uuid not null,
  hash bytea not null,
  constraint audit_leaf_entry_key UNIQUE (entry),
  constraint audit_leaf_pkey PRIMARY KEY (seal, "position"),
  constraint audit_leaf_entry_fkey FOREIGN KEY (entry) REFERENCES audit_entry(id),
  constraint audit_leaf_seal_fkey FOREIGN KEY (seal) REFERENCES audit_seal(seq),
  constraint audit_leaf_position_check CHECK (("position" >= 0))
);

create table audit_seal (
  seq bigint not null,
  at timestamp with time zone not null,
  entries integer not null,
  root text not null,
  previous text not null,
  hash text not null,
  constraint audit_seal_hash_key UNIQUE (hash),
  constraint audit_seal_pkey PRIMARY KEY (seq),
  constraint audit_seal_entries_check CHECK ((entries > 0)),
  constraint audit_seal_seq_check CHECK ((seq > 0))
);

create view audit_trail with (security_invoker = true) as
SELECT id,
    at,
    actor_kind,
    actor,
    actor_name,
    command,
    input,
    reason,
    about_table,
    about,
    place,
    trace_id,
    address,
    device
   FROM audit_entry;

create view audit_trail_change with (security_invoker = true) as
SELECT id,
    entry,
    table_name,
    record,
    version,
    before,
    after
   FROM audit_change;

create table catalog_barcode (
  code text not null,
  variant uuid not null,
  quantity qty not null default 1000000,
  key text not null default code_key(code),
  constraint catalog_barcode_pkey PRIMARY KEY (code),
  constraint catalog_barcode_variant_fkey FOREIGN KEY (variant) REFERENCES catalog_variant(id) ON DELETE CASCADE,
  constraint catalog_barcode_code_check CHECK (((length(code) >= 1) AND (length(code) <= 80))),
  constraint catalog_barcode_quantity_check CHECK (((quantity)::bigint > 0))
);
CREATE UNIQUE INDEX catalog_barcode_key ON public.catalog_barcode USING btree (key);
CREATE INDEX catalog_barcode_variant ON public.catalog_barcode USING btree (variant);

create table catalog_category (
  id uuid not null,
  name text not null,
  parent uuid,
  position integer not null default 0,
  version integer not null default 1,
  archived_at timestamp with time zone,
  constraint catalog_category_name_key UNIQUE (name),
  constraint catalog_category_pkey PRIMARY KEY (id),
  constraint catalog_category_parent_fkey FOREIGN KEY (parent) REFERENCES catalog_category(id)
);
CREATE INDEX catalog_category_parent ON public.catalog_category USING btree (parent);

create table catalog_conversion (
  id uuid not null,
  product uuid not null,
  unit uuid not null,
  factor qty not null,
  version integer not null default 1,
  constraint catalog_conversion_product_unit_key UNIQUE (product, unit),
  constraint catalog_conversion_pkey PRIMARY KEY (id),
  constraint catalog_conversion_product_fkey FOREIGN KEY (product) REFERENCES catalog_product(id),
  constraint catalog_conversion_unit_fkey FOREIGN KEY (unit) REFERENCES catalog_unit(id),
  constraint catalog_conversion_factor_check CHECK (((factor)::bigint > 0))
);
CREATE INDEX catalog_conversion_unit ON public.catalog_conversion USING btree (unit);

create table catalog_price (
  id uuid not null,
  price_list uuid not null,
  variant uuid not null,
  min_quantity qty not null default 0,
  price minor not null,
  version integer not null default 1,
  price_unit text not null default '1'::text,
  constraint catalog_price_variant_price_list_min_quantity_key UNIQUE (variant, price_list, min_quantity),
  constraint catalog_price_pkey PRIMARY KEY (id),
  constraint catalog_price_price_list_fkey FOREIGN KEY (price_list) REFERENCES catalog_price_list(id),
  constraint catalog_price_variant_fkey FOREIGN KEY (variant) REFERENCES catalog_variant(id),
  constraint catalog_price_min_quantity_check CHECK (((min_quantity)::bigint >= 0)),
  constraint catalog_price_price_check CHECK (((price)::bigint >= 0)),
  constraint catalog_price_price_unit_check CHECK ((price_unit = ANY (ARRAY['1'::text, '100'::text, '1000'::text])))
);
CREATE INDEX catalog_price_list_id ON public.catalog_price USING btree (price_list);

create table catalog_price_list (
  id uuid not null,
  name text not null,
  place uuid,
  customer_group text,
  valid_from date,
  valid_to date,
  priority integer not null default 0,
  version integer not null default 1,
  archived_at timestamp with time zone,
  constraint catalog_price_list_name_key UNIQUE (name),
  constraint catalog_price_list_pkey PRIMARY KEY (id),
  constraint catalog_price_list_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint catalog_price_list_check CHECK (((valid_from IS NULL) OR (valid_to IS NULL) OR (valid_from <= valid_to)))
);
CREATE INDEX catalog_price_list_place ON public.catalog_price_list USING btree (place);

create table catalog_product (
  id uuid not null,
  name text not null,
  handle text,
  kind text not null default 'stocked'::text,
  description text,
  vendor text,
  category uuid,
  tax_class uuid,
  unit uuid,
  tags text[] not null default '{}'::text[],
  option_names text[] not null default '{}'::text[],
  image uuid,
  created_at timestamp with time zone not null default now(),
  version integer not null default 1,
  archived_at timestamp with time zone,
  price_unit text not null default '1'::text,
  constraint catalog_product_handle_key UNIQUE (handle),
  constraint catalog_product_pkey PRIMARY KEY (id),
  constraint catalog_product_category_fkey FOREIGN KEY (category) REFERENCES catalog_category(id),
  constraint catalog_product_image_fkey FOREIGN KEY (image) REFERENCES file(id),
  constraint catalog_product_tax_class_fkey FOREIGN KEY (tax_class) REFERENCES catalog_tax_class(id),
  constraint catalog_product_unit_fkey FOREIGN KEY (unit) REFERENCES catalog_unit(id),
  constraint catalog_product_kind_check CHECK ((kind = ANY (ARRAY['stocked'::text, 'service'::text]))),
  constraint catalog_product_price_unit_check CHECK ((price_unit = ANY (ARRAY['1'::text, '100'::text, '1000'::text])))
);
CREATE INDEX catalog_product_category ON public.catalog_product USING btree (category);
CREATE INDEX catalog_product_created ON public.catalog_product USING btree (created_at, id);
CREATE INDEX catalog_product_image ON public.catalog_product USING btree (image);
CREATE INDEX catalog_product_name ON public.catalog_product USING btree (name, id);
CREATE INDEX catalog_product_search ON public.catalog_product USING gin (fold_text(name) gin_trgm_ops);
CREATE INDEX catalog_product_tax_class ON public.catalog_product USING btree (tax_class);
CREATE INDEX catalog_product_unit ON public.catalog_product USING btree (unit);

create table catalog_tax_class (
  id uuid not null,
  code text not null,
  name text not null,
  version integer not null default 1,
  archived_at timestamp with time zone,
  constraint catalog_tax_class_code_key UNIQUE (code),
  constraint catalog_tax_class_pkey PRIMARY KEY (id)
);

create table catalog_tax_rate (
  id uuid not null,
  tax_class uuid not null,
  rate rate not null,
  valid_from date not null,
  version integer not null default 1,
  constraint catalog_tax_rate_tax_class_valid_from_key UNIQUE (tax_class, valid_from),
  constraint catalog_tax_rate_pkey PRIMARY KEY (id),
  constraint catalog_tax_rate_tax_class_fkey FOREIGN KEY (tax_class) REFERENCES catalog_tax_class(id),
  constraint catalog_tax_rate_rate_check CHECK ((((rate)::bigint >= 0) AND ((rate)::bigint <= 1000000)))
);

create table catalog_unit (
  id uuid not null,
  code text not null,
  name text not null,
  decimals integer not null default 0,
  version integer not null default 1,
  archived_at timestamp with time zone,
  constraint catalog_unit_code_key UNIQUE (code),
  constraint catalog_unit_pkey PRIMARY KEY (id),
  constraint catalog_unit_decimals_check CHECK (((decimals >= 0) AND (decimals <= 6)))
);

create table catalog_variant (
  id uuid not null,
  product uuid not null,
  name text not null,
  sku text not null,
  option_values text[] not null default '{}'::text[],
  position integer not null default 0,
  price minor not null,
  compare_price minor,
  cost minor,
  weight qty,
  version integer not null default 1,
  archived_at timestamp with time zone,
  price_unit text not null default '1'::text,
  constraint catalog_variant_product_option_values_key UNIQUE (product, option_values),
  constraint catalog_variant_sku_key UNIQUE (sku),
  constraint catalog_variant_pkey PRIMARY KEY (id),
  constraint catalog_variant_product_fkey FOREIGN KEY (product) REFERENCES catalog_product(id),
  constraint catalog_variant_compare_price_check CHECK (((compare_price)::bigint >= 0)),
  constraint catalog_variant_cost_check CHECK (((cost)::bigint >= 0)),
  constraint catalog_variant_price_check CHECK (((price)::bigint >= 0)),
  constraint catalog_variant_price_unit_check CHECK ((price_unit = ANY (ARRAY['1'::text, '100'::text, '1000'::text]))),
  constraint catalog_variant_weight_check CHECK (((weight)::bigint >= 0))
);
CREATE INDEX catalog_variant_by_name ON public.catalog_variant USING btree (name, id);
CREATE INDEX catalog_variant_code ON public.catalog_variant USING btree (code_key(sku));
CREATE INDEX catalog_variant_search ON public.catalog_variant USING gin (fold_text(((name || ' '::text) || sku)) gin_trgm_ops);

create view catalog_variant_fact with (security_invoker = true) as
SELECT v.id,
    v.name,
    v.sku,
    v.product,
    v.cost,
    p.category,
    p.kind,
    COALESCE(u.decimals, 0) AS decimals,
    ((v.archived_at IS NOT NULL) OR (p.archived_at IS NOT NULL)) AS is_archived,
    v.price_unit,
    u.code AS unit
   FROM ((catalog_variant v
     JOIN catalog_product p ON ((p.id = v.product)))
     LEFT JOIN catalog_unit u ON ((u.id = p.unit)));

create table comms_message (
  id uuid not null,
  template text not null,
  channel text not null,
  locale text not null,
  recipient sealed not null,
  subject text not null,
  body text not null,
  secrets text,
  about uuid,
  state text not null default 'queued'::text,
  attempts integer not null default 0,
  error text,
  created_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  recipient_index text,
  constraint comms_message_pkey PRIMARY KEY (id),
  constraint comms_message_channel_check CHECK ((channel = ANY (ARRAY['mail'::text, 'sms'::text]))),
  constraint comms_message_check CHECK (((state = 'queued'::text) = (settled_at IS NULL))),
  constraint comms_message_check1 CHECK (((secrets IS NULL) OR (state <> 'sent'::text))),
  constraint comms_message_check2 CHECK (seals(recipient, id)),
  constraint comms_message_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'kept'::text, 'failed'::text])))
);
CREATE INDEX comms_message_created ON public.comms_message USING btree (created_at DESC, id DESC);
CREATE INDEX comms_message_open ON public.comms_message USING btree (state) WHERE (state = ANY (ARRAY['queued'::text, 'failed'::text]));
CREATE INDEX comms_message_recipient ON public.comms_message USING btree (recipient_index);

create table comms_template (
  template text not null,
  channel text not null,
  locale text not null,
  subject text,
  body text not null,
  changed_at timestamp with time zone not null,
  constraint comms_template_pkey PRIMARY KEY (template, channel, locale),
  constraint comms_template_channel_check CHECK ((channel = ANY (ARRAY['mail'::text, 'sms'::text])))
);

create table data_key (
  use text not null,
  generation integer not null,
  wrapped text not null,
  master text not null,
  created_at timestamp with time zone not null default now(),
  retired_at timestamp with time zone,
  resealed_at timestamp with time zone,
  constraint data_key_pkey PRIMARY KEY (use, generation),
  constraint data_key_generation_check CHECK ((generation > 0)),
  constraint data_key_use_check CHECK ((use = ANY (ARRAY['fields'::text, 'index'::text, 'signer'::text])))
);

create table event (
  seq bigint not null generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  name text not null,
  place uuid,
  data jsonb not null,
  by text not null,
  at timestamp with time zone not null,
  constraint event_pkey PRIMARY KEY (seq)
);
CREATE INDEX event_at ON public.event USING btree (at);
CREATE INDEX event_order ON public.event USING btree (xid, seq);

create table file (
  id uuid not null,
  name text not null,
  type text not null,
  size bigint not null,
  sha256 text not null,
  about_table text,
  about uuid,
  needs text not null,
  created_at timestamp with time zone not null default now(),
  created_by uuid,
  sealed_by integer,
  constraint file_pkey PRIMARY KEY (id),
  constraint file_name_check CHECK ((length(name) <= 255)),
  constraint file_sealed_by_check CHECK ((sealed_by > 0)),
  constraint file_size_check CHECK ((size >= 0))
);
CREATE INDEX file_about ON public.file USING btree (about) WHERE (about IS NOT NULL);
CREATE INDEX file_sealed ON public.file USING btree (sealed_by) WHERE (sealed_by IS NOT NULL);

create table idempotency_key (
  key text not null,
  actor uuid,
  command text not null,
  input_hash text not null,
  answer sealed,
  at timestamp with time zone not null,
  constraint idempotency_key_pkey PRIMARY KEY (key),
  constraint idempotency_key_key_check CHECK (((length(key) >= 8) AND (length(key) <= 200)))
);
CREATE INDEX idempotency_key_at ON public.idempotency_key USING btree (at);

create table import_later (
  id bigint not null generated always as identity,
  run uuid not null,
  extra text not null,
  row_number integer not null,
  record uuid not null,
  what sealed not null,
  constraint import_later_pkey PRIMARY KEY (id),
  constraint import_later_run_fkey FOREIGN KEY (run) REFERENCES import_run(id) ON DELETE CASCADE,
  constraint import_later_check CHECK (seals(what, run))
);
CREATE INDEX import_later_run ON public.import_later USING btree (run, id);

create table import_mapping (
  kind text not null,
  header_hash text not null,
  mapping jsonb not null,
  options jsonb not null default '{}'::jsonb,
  constraint import_mapping_pkey PRIMARY KEY (kind, header_hash)
);

create table import_refusal (
  run uuid not null,
  row_number integer not null,
  field text,
  problem text not null,
  params sealed not null,
  cells sealed not null,
  id bigint not null generated always as identity,
  is_warning boolean not null default false,
  constraint import_refusal_pkey PRIMARY KEY (id),
  constraint import_refusal_run_fkey FOREIGN KEY (run) REFERENCES import_run(id) ON DELETE CASCADE,
  constraint import_refusal_check CHECK (seals(params, run)),
  constraint import_refusal_check1 CHECK (seals(cells, run))
);
CREATE INDEX import_refusal_run ON public.import_refusal USING btree (run, row_number);

create table import_run (
  id uuid not null,
  kind text not null,
  state text not null default 'uploaded'::text,
  name text not null,
  path text not null,
  header sealed not null,
  samples sealed not null,
  mapping jsonb not null,
  options jsonb not null default '{}'::jsonb,
  rows_total integer not null default 0,
  rows_new integer not null default 0,
  rows_changed integer not null default 0,
  rows_same integer not null default 0,
  rows_refused integer not null default 0,
  done integer not null default 0,
  failure text,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  findings jsonb not null default '{}'::jsonb,
  rows_warned integer not null default 0,
  failures integer not null default 0,
  moved_at timestamp with time zone not null default now(),
  size bigint not null default 0,
  taken jsonb not null default '{}'::jsonb,
  constraint import_run_pkey PRIMARY KEY (id),
  constraint import_run_check CHECK (seals(samples, id)),
  constraint import_run_check1 CHECK (seals(header, id)),
  constraint import_run_state_check CHECK ((state = ANY (ARRAY['uploaded'::text, 'checking'::text, 'checked'::text, 'applying'::text, 'applied'::text, 'undoing'::text, 'undone'::text, 'failed'::text])))
);
CREATE INDEX import_run_by ON public.import_run USING btree (created_by, created_at);
CREATE INDEX import_run_kind ON public.import_run USING btree (kind, created_at DESC);

create table import_trace (
  id bigint not null generated always as identity,
  run uuid not null,
  table_name text not null,
  record uuid not null,
  created boolean not null,
  before sealed,
  after sealed,
  stays boolean not null default false,
  constraint import_trace_pkey PRIMARY KEY (id),
  constraint import_trace_run_fkey FOREIGN KEY (run) REFERENCES import_run(id) ON DELETE CASCADE,
  constraint import_trace_check CHECK (seals(before, run)),
  constraint import_trace_check1 CHECK (seals(after, run))
);
CREATE INDEX import_trace_run ON public.import_trace USING btree (run, id);

create view inventory_at_location with (security_invoker = true) as
SELECT b.variant,
    b.location,
    b.owner,
    ((b.on_hand)::bigint - (b.reserved)::bigint) AS free,
    t.expires_on
   FROM (inventory_balance b
     LEFT JOIN inventory_lot t ON ((t.id = b.lot)));

create table inventory_balance (
  id uuid not null default uuidv7(),
  variant uuid not null,
  location uuid not null,
  lot uuid,
  owner uuid,
  on_hand qty not null default 0,
  reserved qty not null default 0,
  value minor not null default 0,
  may_go_below boolean not null default false,
  constraint inventory_balance_variant_location_lot_owner_key UNIQUE NULLS NOT DISTINCT (variant, location, lot, owner),
  constraint inventory_balance_pkey PRIMARY KEY (id),
  constraint inventory_balance_location_fkey FOREIGN KEY (location) REFERENCES inventory_location(id),
  constraint inventory_balance_lot_fkey FOREIGN KEY (lot) REFERENCES inventory_lot(id),
  constraint inventory_balance_owner_fkey FOREIGN KEY (owner) REFERENCES party(id),
  constraint inventory_balance_variant_fkey FOREIGN KEY (variant) REFERENCES catalog_variant(id),
  constraint inventory_balance_floor CHECK ((may_go_below OR (((on_hand)::bigint >= 0) AND ((reserved)::bigint <= (on_hand)::bigint)))),
  constraint inventory_balance_reserved_check CHECK (((reserved)::bigint >= 0))
);
CREATE INDEX inventory_balance_location ON public.inventory_balance USING btree (location);
CREATE INDEX inventory_balance_lot ON public.inventory_balance USING btree (lot) WHERE (lot IS NOT NULL);
CREATE INDEX inventory_balance_owner ON public.inventory_balance USING btree (owner) WHERE (owner IS NOT NULL);

create table inventory_document (
  id uuid not null,
  number text not null,
  kind text not null,
  state text not null default 'posted'::text,
  place uuid not null,
  location uuid not null,
  to_location uuid,
  supplier uuid,
  reason text,
  note text,
  business_day date not null,
  value minor not null default 0,
  created_by uuid,
  created_at timestamp with time zone not null,
  posted_at timestamp with time zone,
  version integer not null default 1,
  letterhead uuid,
  partner uuid,
  as_issued jsonb,
  constraint inventory_document_number_key UNIQUE (number),
  constraint inventory_document_pkey PRIMARY KEY (id),
  constraint inventory_document_location_fkey FOREIGN KEY (location) REFERENCES inventory_location(id),
  constraint inventory_document_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint inventory_document_supplier_fkey FOREIGN KEY (supplier) REFERENCES party(id),
  constraint inventory_document_to_location_fkey FOREIGN KEY (to_location) REFERENCES inventory_location(id),
  constraint inventory_document_kind_check CHECK ((kind = ANY (ARRAY['receipt'::text, 'adjustment'::text, 'count'::text, 'transfer'::text]))),
  constraint inventory_document_reason_check CHECK ((reason = ANY (ARRAY['supplier'::text, 'opening'::text, 'count'::text, 'damaged'::text, 'expired'::text, 'stolen'::text, 'found'::text, 'ownUse'::text, 'sample'::text, 'correction'::text]))),
  constraint inventory_document_state_check CHECK ((state = 'posted'::text))
);
CREATE INDEX inventory_document_created ON public.inventory_document USING btree (created_at DESC, id DESC);
CREATE INDEX inventory_document_location ON public.inventory_document USING btree (location);
CREATE INDEX inventory_document_place ON public.inventory_document USING btree (place, created_at DESC);
CREATE INDEX inventory_document_supplier ON public.inventory_document USING btree (supplier);
CREATE INDEX inventory_document_to ON public.inventory_document USING btree (to_location);

create table inventory_document_line (
  id uuid not null,
  document uuid not null,
  position integer not null,
  variant uuid not null,
  lot uuid,
  quantity qty not null,
  expected qty,
  unit_cost minor,
  counted_at timestamp with time zone,
  name text,
  sku text,
  price_unit text not null default '1'::text,
  unit text,
  constraint inventory_document_line_document_position_key UNIQUE (document, "position"),
  constraint inventory_document_line_pkey PRIMARY KEY (id),
  constraint inventory_document_line_document_fkey FOREIGN KEY (document) REFERENCES inventory_document(id),
  constraint inventory_document_line_lot_fkey FOREIGN KEY (lot) REFERENCES inventory_lot(id),
  constraint inventory_document_line_variant_fkey FOREIGN KEY (variant) REFERENCES catalog_variant(id),
  constraint inventory_document_line_price_unit_check CHECK ((price_unit = ANY (ARRAY['1'::text, '100'::text, '1000'::text])))
);
CREATE INDEX inventory_document_line_lot ON public.inventory_document_line USING btree (lot);
CREATE INDEX inventory_document_line_variant ON public.inventory_document_line USING btree (variant);

create table inventory_layer (
  id uuid not null,
  balance uuid not null,
  at timestamp with time zone not null,
  remaining qty not null,
  value minor not null,
  constraint inventory_layer_pkey PRIMARY KEY (id),
  constraint inventory_layer_balance_fkey FOREIGN KEY (balance) REFERENCES inventory_balance(id),
  constraint inventory_layer_remaining_check CHECK (((remaining)::bigint >= 0)),
  constraint inventory_layer_value_check CHECK (((value)::bigint >= 0))
);
CREATE INDEX inventory_layer_balance ON public.inventory_layer USING btree (balance);
CREATE INDEX inventory_layer_open ON public.inventory_layer USING btree (balance, at, id) WHERE ((remaining)::bigint > 0);

create table inventory_location (
  id uuid not null,
  place uuid,
  kind text not null,
  code text not null,
  name text not null,
  allows_negative boolean not null default false,
  version integer not null default 1,
  archived_at timestamp with time zone,
  constraint inventory_location_code_key UNIQUE (code),
  constraint inventory_location_pkey PRIMARY KEY (id),
  constraint inventory_location_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint inventory_location_check CHECK (((kind = 'storage'::text) = (place IS NOT NULL))),
  constraint inventory_location_kind_check CHECK ((kind = ANY (ARRAY['storage'::text, 'customer'::text, 'supplier'::text, 'loss'::text, 'opening'::text, 'transit'::text])))
);
CREATE INDEX inventory_location_place ON public.inventory_location USING btree (place);

create view inventory_location_fact with (security_invoker = true) as
SELECT id,
    place,
    allows_negative
   FROM inventory_location;

create table inventory_lot (
  id uuid not null,
  variant uuid not null,
  code text not null,
  expires_on date,
  version integer not null default 1,
  constraint inventory_lot_variant_code_key UNIQUE (variant, code),
  constraint inventory_lot_pkey PRIMARY KEY (id),
  constraint inventory_lot_variant_fkey FOREIGN KEY (variant) REFERENCES catalog_variant(id)
);

create table inventory_move (
  id uuid not null,
  at timestamp with time zone not null,
  business_day date not null,
  variant uuid not null,
  lot uuid,
  owner uuid,
  from_location uuid not null,
  to_location uuid not null,
  quantity qty not null,
  cost minor not null,
  document_kind text not null,
  document uuid not null,
  reason text,
  moved_by uuid,
  constraint inventory_move_pkey PRIMARY KEY (id),
  constraint inventory_move_from_location_fkey FOREIGN KEY (from_location) REFERENCES inventory_location(id),
  constraint inventory_move_lot_fkey FOREIGN KEY (lot) REFERENCES inventory_lot(id),
  constraint inventory_move_owner_fkey FOREIGN KEY (owner) REFERENCES party(id),
  constraint inventory_move_to_location_fkey FOREIGN KEY (to_location) REFERENCES inventory_location(id),
  constraint inventory_move_variant_fkey FOREIGN KEY (variant) REFERENCES catalog_variant(id),
  constraint inventory_move_check CHECK ((from_location <> to_location)),
  constraint inventory_move_check1 CHECK ((((quantity)::bigint > 0) OR ((cost)::bigint <> 0))),
  constraint inventory_move_quantity_check CHECK (((quantity)::bigint >= 0))
);
CREATE INDEX inventory_move_at ON public.inventory_move USING btree (at DESC, id DESC);
CREATE INDEX inventory_move_document ON public.inventory_move USING btree (document);
CREATE INDEX inventory_move_from ON public.inventory_move USING btree (from_location, at DESC);
CREATE INDEX inventory_move_lot ON public.inventory_move USING btree (lot) WHERE (lot IS NOT NULL);
CREATE INDEX inventory_move_owner ON public.inventory_move USING btree (owner) WHERE (owner IS NOT NULL);
CREATE INDEX inventory_move_to ON public.inventory_move USING btree (to_location, at DESC);
CREATE INDEX inventory_move_variant ON public.inventory_move USING btree (variant, at DESC, id DESC);

create view inventory_on_hand with (security_invoker = true) as
SELECT b.variant,
    l.place,
    (sum((b.on_hand)::bigint))::bigint AS on_hand,
    (sum((b.reserved)::bigint))::bigint AS reserved,
    (sum((b.value)::bigint))::bigint AS value
   FROM (inventory_balance b
     JOIN inventory_location l ON ((l.id = b.location)))
  GROUP BY b.variant, l.place;

create table inventory_reorder (
  id uuid not null,
  variant uuid not null,
  place uuid not null,
  level qty not null,
  target qty,
  low_since timestamp with time zone,
  version integer not null default 1,
  constraint inventory_reorder_variant_place_key UNIQUE (variant, place),
  constraint inventory_reorder_pkey PRIMARY KEY (id),
  constraint inventory_reorder_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint inventory_reorder_variant_fkey FOREIGN KEY (variant) REFERENCES catalog_variant(id),
  constraint inventory_reorder_level_check CHECK (((level)::bigint >= 0)),
  constraint inventory_reorder_target_check CHECK (((target)::bigint >= 0))
);
CREATE INDEX inventory_reorder_place ON public.inventory_reorder USING btree (place);

create view inventory_reorder_level with (security_invoker = true) as
SELECT variant,
    place,
    level,
    target
   FROM inventory_reorder;

create table inventory_reservation (
  id uuid not null,
  variant uuid not null,
  location uuid not null,
  lot uuid,
  owner uuid,
  quantity qty not null,
  state text not null default 'active'::text,
  document_kind text not null,
  document uuid not null,
  customer uuid,
  note text,
  expires_at timestamp with time zone,
  made_at timestamp with time zone not null,
  constraint inventory_reservation_pkey PRIMARY KEY (id),
  constraint inventory_reservation_customer_fkey FOREIGN KEY (customer) REFERENCES party(id),
  constraint inventory_reservation_location_fkey FOREIGN KEY (location) REFERENCES inventory_location(id),
  constraint inventory_reservation_lot_fkey FOREIGN KEY (lot) REFERENCES inventory_lot(id),
  constraint inventory_reservation_owner_fkey FOREIGN KEY (owner) REFERENCES party(id),
  constraint inventory_reservation_variant_fkey FOREIGN KEY (variant) REFERENCES catalog_variant(id),
  constraint inventory_reservation_quantity_check CHECK (((quantity)::bigint > 0)),
  constraint inventory_reservation_state_check CHECK ((state = ANY (ARRAY['active'::text, 'released'::text, 'expired'::text])))
);
CREATE INDEX inventory_reservation_active ON public.inventory_reservation USING btree (expires_at) WHERE (state = 'active'::text);
CREATE INDEX inventory_reservation_customer ON public.inventory_reservation USING btree (customer) WHERE (customer IS NOT NULL);
CREATE INDEX inventory_reservation_document ON public.inventory_reservation USING btree (document);
CREATE INDEX inventory_reservation_location ON public.inventory_reservation USING btree (location);
CREATE INDEX inventory_reservation_lot ON public.inventory_reservation USING btree (lot);
CREATE INDEX inventory_reservation_owner ON public.inventory_reservation USING btree (owner);
CREATE INDEX inventory_reservation_variant ON public.inventory_reservation USING btree (variant);

create table ledger_account (
  id uuid not null,
  code text not null,
  name text not null,
  kind text not null,
  part text,
  holds text,
  place uuid,
  version integer not null default 1,
  archived_at timestamp with time zone,
  constraint ledger_account_code_key UNIQUE (code),
  constraint ledger_account_part_key UNIQUE (part),
  constraint ledger_account_pkey PRIMARY KEY (id),
  constraint ledger_account_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint ledger_account_code_check CHECK ((code ~ '^[0-9A-Z.-]{1,20}$'::text)),
  constraint ledger_account_holds_check CHECK ((holds = ANY (ARRAY['drawer'::text, 'safe'::text, 'bank'::text, 'wallet'::text, 'card'::text]))),
  constraint ledger_account_kind_check CHECK ((kind = ANY (ARRAY['asset'::text, 'liability'::text, 'equity'::text, 'income'::text, 'expense'::text])))
);
CREATE INDEX ledger_account_place ON public.ledger_account USING btree (place);

create table ledger_balance (
  account uuid not null,
  business_day date not null,
  source uuid not null,
  debit minor not null default 0,
  credit minor not null default 0,
  constraint ledger_balance_pkey PRIMARY KEY (account, business_day, source),
  constraint ledger_balance_account_fkey FOREIGN KEY (account) REFERENCES ledger_account(id),
  constraint ledger_balance_credit_check CHECK (((credit)::bigint >= 0)),
  constraint ledger_balance_debit_check CHECK (((debit)::bigint >= 0))
);

create table ledger_entry (
  id uuid not null,
  at timestamp with time zone not null,
  business_day date not null,
  place uuid,
  document_kind text not null,
  document uuid not null,
  number text,
  memo text,
  amount minor not null,
  reverses uuid,
  posted_by uuid,
  purpose text not null default ''::text,
  source uuid,
  aside minor not null default 0,
  headline minor not null default (((amount)::bigint - (aside)::bigint))::minor,
  constraint ledger_entry_reverses_key UNIQUE (reverses),
  constraint ledger_entry_pkey PRIMARY KEY (id),
  constraint ledger_entry_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint ledger_entry_reverses_fkey FOREIGN KEY (reverses) REFERENCES ledger_entry(id),
  constraint ledger_entry_amount_check CHECK (((amount)::bigint > 0)),
  constraint ledger_entry_business_day CHECK (((business_day >= '2000-01-01'::date) AND (business_day < '2200-01-01'::date))) NOT VALID,
  constraint ledger_entry_document_kind_check CHECK ((document_kind = ANY (ARRAY['journal'::text, 'pos.sale'::text, 'pos.shift'::text, 'pos.cash'::text, 'inventory.receipt'::text, 'inventory.adjustment'::text, 'inventory.count'::text, 'inventory.transfer'::text])))
);
CREATE INDEX ledger_entry_at ON public.ledger_entry USING btree (at DESC, id DESC);
CREATE UNIQUE INDEX ledger_entry_once ON public.ledger_entry USING btree (document, document_kind, purpose);
CREATE INDEX ledger_entry_place ON public.ledger_entry USING btree (place, business_day);

create table ledger_line (
  id uuid not null,
  entry uuid not null,
  account uuid not null,
  amount minor not null,
  business_day date not null,
  party uuid,
  memo text,
  constraint ledger_line_pkey PRIMARY KEY (id),
  constraint ledger_line_account_fkey FOREIGN KEY (account) REFERENCES ledger_account(id),
  constraint ledger_line_entry_fkey FOREIGN KEY (entry) REFERENCES ledger_entry(id),
  constraint ledger_line_party_fkey FOREIGN KEY (party) REFERENCES party(id),
  constraint ledger_line_amount_check CHECK (((amount)::bigint <> 0))
);
CREATE INDEX ledger_line_account ON public.ledger_line USING btree (account, business_day, id);
CREATE INDEX ledger_line_entry ON public.ledger_line USING btree (entry);
CREATE INDEX ledger_line_party ON public.ledger_line USING btree (party, business_day) WHERE (party IS NOT NULL);

create table ledger_period (
  id uuid not null,
  first_day date not null,
  state text not null default 'open'::text,
  changed_by uuid,
  changed_at timestamp with time zone,
  reason text,
  version integer not null default 1,
  constraint ledger_period_first_day_key UNIQUE (first_day),
  constraint ledger_period_pkey PRIMARY KEY (id),
  constraint ledger_period_first_day_check CHECK ((EXTRACT(day FROM first_day) = (1)::numeric)),
  constraint ledger_period_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
);

create table legal_hold (
  id uuid not null,
  table_name text not null,
  record uuid not null,
  title text not null,
  reason text not null,
  placed_by uuid,
  placed_at timestamp with time zone not null,
  lifted_by uuid,
  lifted_at timestamp with time zone,
  constraint legal_hold_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX legal_hold_open ON public.legal_hold USING btree (record) WHERE (lifted_at IS NULL);

create table migration (
  name text not null,
  hash text not null,
  at timestamp with time zone not null default now(),
  constraint migration_pkey PRIMARY KEY (name)
);

create table number_template (
  document text not null,
  template text not null,
  reset smallint not null,
  constraint number_template_pkey PRIMARY KEY (document),
  constraint number_template_reset_check CHECK ((reset = ANY (ARRAY[0, 4, 7, 10]))),
  constraint number_template_template_check CHECK ((template ~ '\{N+\}'::text))
);

create table paper_print (
  id uuid not null,
  paper uuid not null,
  printed_by uuid,
  printed_at timestamp with time zone not null,
  constraint paper_print_pkey PRIMARY KEY (id)
);
CREATE INDEX paper_print_paper ON public.paper_print USING btree (paper, printed_at);

create table party (
  id uuid not null,
  kind text not null,
  name text not null,
  roles text[] not null default '{customer}'::text[],
  customer_group text,
  tax_number sealed,
  phones sealed not null,
  emails sealed not null,
  address sealed,
  city text,
  country text,
  language text,
  note sealed,
  created_at timestamp with time zone not null default now(),
  version integer not null default 1,
  archived_at timestamp with time zone,
  phones_index text[] not null default '{}'::text[],
  emails_index text[] not null default '{}'::text[],
  erased_at timestamp with time zone,
  bank_account sealed,
  constraint party_pkey PRIMARY KEY (id),
  constraint party_check CHECK (seals(phones, id)),
  constraint party_check1 CHECK (seals(emails, id)),
  constraint party_check2 CHECK (seals(tax_number, id)),
  constraint party_check3 CHECK (seals(address, id)),
  constraint party_check4 CHECK (seals(note, id)),
  constraint party_check5 CHECK (seals(bank_account, id)),
  constraint party_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'organization'::text])))
);
CREATE INDEX party_created ON public.party USING btree (created_at, id);
CREATE INDEX party_emails ON public.party USING gin (emails_index);
CREATE INDEX party_name ON public.party USING gin (fold_text(name) gin_trgm_ops);
CREATE INDEX party_name_order ON public.party USING btree (name, id);
CREATE INDEX party_phones ON public.party USING gin (phones_index);

create view party_fact with (security_invoker = true) as
SELECT id,
    name,
    (archived_at IS NOT NULL) AS is_archived
   FROM party;

create table party_on_paper (
  id uuid not null,
  party uuid not null,
  name text not null,
  address sealed,
  city text,
  tax_number sealed,
  is_kept boolean not null default false,
  constraint party_on_paper_pkey PRIMARY KEY (id),
  constraint party_on_paper_party_fkey FOREIGN KEY (party) REFERENCES party(id),
  constraint party_on_paper_check CHECK (seals(address, party)),
  constraint party_on_paper_check1 CHECK (seals(tax_number, party))
);
CREATE INDEX party_on_paper_party ON public.party_on_paper USING btree (party, id);

create table payment_method (
  id uuid not null,
  name text not null,
  kind text not null,
  account uuid,
  needs_reference boolean not null default false,
  position integer not null default 0,
  version integer not null default 1,
  archived_at timestamp with time zone,
  constraint payment_method_name_key UNIQUE (name),
  constraint payment_method_pkey PRIMARY KEY (id),
  constraint payment_method_account_fkey FOREIGN KEY (account) REFERENCES ledger_account(id),
  constraint payment_method_check CHECK (((kind = 'cash'::text) = (account IS NULL))),
  constraint payment_method_kind_check CHECK ((kind = ANY (ARRAY['cash'::text, 'card'::text, 'mobile'::text, 'bank'::text, 'credit'::text])))
);
CREATE INDEX payment_method_account ON public.payment_method USING btree (account);

create view payment_method_name with (security_invoker = true) as
SELECT id,
    name,
    kind
   FROM payment_method;

create table place (
  id uuid not null,
  kind text not null,
  name text not null,
  code text not null,
  time_zone text not null,
  cut_off_hour integer not null default 4,
  phone sealed,
  address text,
  tax_number text,
  receipt_note text,
  version integer not null default 1,
  archived_at timestamp with time zone,
  constraint place_code_key UNIQUE (code),
  constraint place_pkey PRIMARY KEY (id),
  constraint place_check CHECK (seals(phone, id)),
  constraint place_code_check CHECK ((code ~ '^[A-Z0-9]{1,8}$'::text)),
  constraint place_cut_off_hour_check CHECK (((cut_off_hour >= 0) AND (cut_off_hour <= 12))),
  constraint place_kind_check CHECK ((kind = ANY (ARRAY['store'::text, 'warehouse'::text])))
);

create view place_fact with (security_invoker = true) as
SELECT id,
    kind,
    name,
    code,
    time_zone,
    cut_off_hour,
    phone,
    address,
    tax_number,
    receipt_note,
    archived_at
   FROM place;

create table place_letterhead (
  id uuid not null,
  place uuid not null,
  since timestamp with time zone not null default now(),
  company jsonb not null,
  name text not null,
  address text,
  phone sealed,
  tax_number text,
  receipt_note text,
  time_zone text not null,
  constraint place_letterhead_pkey PRIMARY KEY (id),
  constraint place_letterhead_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint place_letterhead_check CHECK (seals(phone, place))
);
CREATE INDEX place_letterhead_place ON public.place_letterhead USING btree (place, id);

create table pos_agreement (
  id uuid not null,
  sale uuid not null,
  till uuid not null,
  place uuid not null,
  variant uuid not null,
  share rate,
  amount minor,
  unit_price minor,
  quantity qty,
  asked_by uuid not null,
  asked_at timestamp with time zone not null,
  constraint pos_agreement_pkey PRIMARY KEY (id),
  constraint pos_agreement_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES access_user(id),
  constraint pos_agreement_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint pos_agreement_till_fkey FOREIGN KEY (till) REFERENCES pos_till(id),
  constraint pos_agreement_variant_fkey FOREIGN KEY (variant) REFERENCES catalog_variant(id),
  constraint pos_agreement_amount_check CHECK (((amount)::bigint >= 0)),
  constraint pos_agreement_check CHECK (((num_nonnulls(share, amount) = ANY (ARRAY[0, 2])) AND (num_nonnulls(unit_price, quantity) = ANY (ARRAY[0, 2])))),
  constraint pos_agreement_check1 CHECK ((num_nonnulls(share, unit_price) = 1)),
  constraint pos_agreement_quantity_check CHECK (((quantity)::bigint > 0)),
  constraint pos_agreement_unit_price_check CHECK (((unit_price)::bigint >= 0))
);
CREATE INDEX pos_agreement_asked ON public.pos_agreement USING btree (asked_at);
CREATE INDEX pos_agreement_by ON public.pos_agreement USING btree (asked_by);
CREATE INDEX pos_agreement_place ON public.pos_agreement USING btree (place);
CREATE INDEX pos_agreement_sale ON public.pos_agreement USING btree (sale);
CREATE INDEX pos_agreement_till ON public.pos_agreement USING btree (till);
CREATE INDEX pos_agreement_variant ON public.pos_agreement USING btree (variant);

create table pos_cash_move (
  id uuid not null,
  shift uuid not null,
  kind text not null,
  amount minor not null,
  reason text not null,
  at timestamp with time zone not null,
  moved_by uuid not null,
  constraint pos_cash_move_pkey PRIMARY KEY (id),
  constraint pos_cash_move_moved_by_fkey FOREIGN KEY (moved_by) REFERENCES access_user(id),
  constraint pos_cash_move_shift_fkey FOREIGN KEY (shift) REFERENCES pos_shift(id),
  constraint pos_cash_move_amount_check CHECK (((amount)::bigint > 0)),
  constraint pos_cash_move_kind_check CHECK ((kind = ANY (ARRAY['in'::text, 'out'::text, 'drop'::text])))
);
CREATE INDEX pos_cash_move_by ON public.pos_cash_move USING btree (moved_by);
CREATE INDEX pos_cash_move_shift ON public.pos_cash_move USING btree (shift);

create table pos_invoice (
  sale uuid not null,
  letterhead uuid not null,
  buyer uuid,
  issued_at timestamp with time zone not null,
  issued_by uuid not null,
  prints integer not null default 0,
  constraint pos_invoice_pkey PRIMARY KEY (sale),
  constraint pos_invoice_issued_by_fkey FOREIGN KEY (issued_by) REFERENCES access_user(id),
  constraint pos_invoice_sale_fkey FOREIGN KEY (sale) REFERENCES pos_sale(id)
);
CREATE INDEX pos_invoice_issued_by ON public.pos_invoice USING btree (issued_by);

create table pos_parked (
  id uuid not null,
  till uuid not null,
  place uuid not null,
  label text not null,
  basket jsonb not null,
  lines integer not null,
  total minor not null,
  parked_by uuid not null,
  parked_at timestamp with time zone not null,
  constraint pos_parked_pkey PRIMARY KEY (id),
  constraint pos_parked_parked_by_fkey FOREIGN KEY (parked_by) REFERENCES access_user(id),
  constraint pos_parked_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint pos_parked_till_fkey FOREIGN KEY (till) REFERENCES pos_till(id)
);
CREATE INDEX pos_parked_by ON public.pos_parked USING btree (parked_by);
CREATE INDEX pos_parked_place ON public.pos_parked USING btree (place, parked_at DESC);
CREATE INDEX pos_parked_till ON public.pos_parked USING btree (till);

create table pos_sale (
  id uuid not null,
  number text not null,
  till uuid not null,
  place uuid not null,
  shift uuid not null,
  business_day date not null,
  cashier uuid not null,
  cashier_name text not null,
  customer uuid,
  state text not null default 'completed'::text,
  prices_include_tax boolean not null,
  net minor not null,
  tax minor not null,
  discount minor not null default 0,
  rounding minor not null default 0,
  total minor not null,
  cost minor not null,
  change minor not null default 0,
  note text,
  completed_at timestamp with time zone not null,
  prints integer not null default 0,
  letterhead uuid,
  buyer uuid,
  constraint pos_sale_number_key UNIQUE (number),
  constraint pos_sale_pkey PRIMARY KEY (id),
  constraint pos_sale_cashier_fkey FOREIGN KEY (cashier) REFERENCES access_user(id),
  constraint pos_sale_customer_fkey FOREIGN KEY (customer) REFERENCES party(id),
  constraint pos_sale_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint pos_sale_shift_fkey FOREIGN KEY (shift) REFERENCES pos_shift(id),
  constraint pos_sale_till_fkey FOREIGN KEY (till) REFERENCES pos_till(id),
  constraint pos_sale_change_check CHECK (((change)::bigint >= 0)),
  constraint pos_sale_check CHECK (((((net)::bigint + (tax)::bigint) + (rounding)::bigint) = (total)::bigint)),
  constraint pos_sale_discount_check CHECK (((discount)::bigint >= 0)),
  constraint pos_sale_state_check CHECK ((state = 'completed'::text)),
  constraint pos_sale_total_check CHECK (((total)::bigint >= 0))
);
CREATE INDEX pos_sale_cashier ON public.pos_sale USING btree (cashier, completed_at);
CREATE INDEX pos_sale_completed ON public.pos_sale USING btree (completed_at, id);
CREATE INDEX pos_sale_customer ON public.pos_sale USING btree (customer, completed_at) WHERE (customer IS NOT NULL);
CREATE INDEX pos_sale_day ON public.pos_sale USING btree (business_day, completed_at, id);
CREATE INDEX pos_sale_number ON public.pos_sale USING gin (fold_text(number) gin_trgm_ops);
CREATE INDEX pos_sale_place ON public.pos_sale USING btree (place, business_day);
CREATE INDEX pos_sale_shift ON public.pos_sale USING btree (shift);
CREATE INDEX pos_sale_till ON public.pos_sale USING btree (till);
CREATE INDEX pos_sale_total ON public.pos_sale USING btree (total, id);

create view pos_sale_fact with (security_invoker = true) as
SELECT id,
    place,
    till,
    shift,
    business_day,
    cashier,
    customer,
    completed_at,
    net,
    tax,
    discount,
    rounding,
    total,
    cost
   FROM pos_sale;

create table pos_sale_line (
  id uuid not null,
  sale uuid not null,
  position integer not null,
  variant uuid not null,
  name text not null,
  sku text not null,
  quantity qty not null,
  unit_price minor not null,
  list_price minor not null,
  discount minor not null default 0,
  tax_code text not null,
  tax_rate rate not null,
  net minor not null,
  tax minor not null,
  cost minor not null,
  price_unit text not null default '1'::text,
  unit text,
  constraint pos_sale_line_pkey PRIMARY KEY (id),
  constraint pos_sale_line_sale_fkey FOREIGN KEY (sale) REFERENCES pos_sale(id),
  constraint pos_sale_line_variant_fkey FOREIGN KEY (variant) REFERENCES catalog_variant(id),
  constraint pos_sale_line_discount_check CHECK (((discount)::bigint >= 0)),
  constraint pos_sale_line_list_price_check CHECK (((list_price)::bigint >= 0)),
  constraint pos_sale_line_price_unit_check CHECK ((price_unit = ANY (ARRAY['1'::text, '100'::text, '1000'::text]))),
  constraint pos_sale_line_quantity_check CHECK (((quantity)::bigint > 0)),
  constraint pos_sale_line_unit_price_check CHECK (((unit_price)::bigint >= 0))
);
CREATE INDEX pos_sale_line_sale ON public.pos_sale_line USING btree (sale);
CREATE INDEX pos_sale_line_variant ON public.pos_sale_line USING btree (variant);

create view pos_sale_line_fact with (security_invoker = true) as
SELECT sale,
    variant,
    name,
    quantity,
    discount,
    net,
    tax,
    cost
   FROM pos_sale_line;

create table pos_shift (
  id uuid not null,
  number text not null,
  till uuid not null,
  place uuid not null,
  business_day date not null,
  state text not null default 'open'::text,
  opened_at timestamp with time zone not null,
  opened_by uuid not null,
  float minor not null,
  closed_at timestamp with time zone,
  closed_by uuid,
  expected minor,
  counted minor,
  variance minor,
  denominations jsonb,
  report jsonb,
  note text,
  held_by uuid not null,
  counts jsonb,
  float_from text not null default 'safe'::text,
  refusals integer not null default 0,
  letterhead uuid,
  as_issued jsonb,
  constraint pos_shift_number_key UNIQUE (number),
  constraint pos_shift_pkey PRIMARY KEY (id),
  constraint pos_shift_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES access_user(id),
  constraint pos_shift_held_by_fkey FOREIGN KEY (held_by) REFERENCES access_user(id),
  constraint pos_shift_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES access_user(id),
  constraint pos_shift_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint pos_shift_till_fkey FOREIGN KEY (till) REFERENCES pos_till(id),
  constraint pos_shift_check CHECK (((state = 'closed'::text) = (closed_at IS NOT NULL))),
  constraint pos_shift_counted_check CHECK (((counted)::bigint >= 0)),
  constraint pos_shift_float_check CHECK ((("float")::bigint >= 0)),
  constraint pos_shift_float_from_check CHECK ((float_from = ANY (ARRAY['safe'::text, 'capital'::text]))),
  constraint pos_shift_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
);
CREATE INDEX pos_shift_closed_by ON public.pos_shift USING btree (closed_by);
CREATE INDEX pos_shift_held_by ON public.pos_shift USING btree (held_by);
CREATE UNIQUE INDEX pos_shift_one_open ON public.pos_shift USING btree (till) WHERE (state = 'open'::text);
CREATE INDEX pos_shift_opened ON public.pos_shift USING btree (opened_at DESC, id DESC);
CREATE INDEX pos_shift_opened_by ON public.pos_shift USING btree (opened_by);
CREATE INDEX pos_shift_place ON public.pos_shift USING btree (place, business_day);
CREATE INDEX pos_shift_till ON public.pos_shift USING btree (till, opened_at DESC);

create table pos_tender (
  id uuid not null,
  sale uuid not null,
  shift uuid not null,
  method uuid not null,
  kind text not null,
  amount minor not null,
  given minor not null,
  reference text,
  reference_key text,
  name text,
  constraint pos_tender_pkey PRIMARY KEY (id),
  constraint pos_tender_method_fkey FOREIGN KEY (method) REFERENCES payment_method(id),
  constraint pos_tender_sale_fkey FOREIGN KEY (sale) REFERENCES pos_sale(id),
  constraint pos_tender_shift_fkey FOREIGN KEY (shift) REFERENCES pos_shift(id),
  constraint pos_tender_amount_check CHECK (((amount)::bigint >= 0)),
  constraint pos_tender_check CHECK (((given)::bigint >= (amount)::bigint))
);
CREATE INDEX pos_tender_method ON public.pos_tender USING btree (method);
CREATE UNIQUE INDEX pos_tender_reference ON public.pos_tender USING btree (method, reference_key) WHERE (reference_key IS NOT NULL);
CREATE INDEX pos_tender_sale ON public.pos_tender USING btree (sale);
CREATE INDEX pos_tender_shift ON public.pos_tender USING btree (shift, method);

create view pos_tender_fact with (security_invoker = true) as
SELECT sale,
    method,
    kind,
    amount
   FROM pos_tender;

create table pos_till (
  id uuid not null,
  place uuid not null,
  name text not null,
  code text not null,
  location uuid not null,
  drawer uuid not null,
  version integer not null default 1,
  archived_at timestamp with time zone,
  constraint pos_till_code_key UNIQUE (code),
  constraint pos_till_drawer_key UNIQUE (drawer),
  constraint pos_till_place_name_key UNIQUE (place, name),
  constraint pos_till_pkey PRIMARY KEY (id),
  constraint pos_till_drawer_fkey FOREIGN KEY (drawer) REFERENCES ledger_account(id),
  constraint pos_till_location_fkey FOREIGN KEY (location) REFERENCES inventory_location(id),
  constraint pos_till_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint pos_till_code_check CHECK ((code ~ '^[A-Z0-9]{1,8}$'::text))
);
CREATE INDEX pos_till_location ON public.pos_till USING btree (location);

create table saved_view (
  id uuid not null,
  owner uuid not null,
  list text not null,
  name text not null,
  search sealed not null,
  shared boolean not null default false,
  created_at timestamp with time zone not null default now(),
  constraint saved_view_pkey PRIMARY KEY (id),
  constraint saved_view_check CHECK (seals(search, id)),
  constraint saved_view_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
);
CREATE INDEX saved_view_list ON public.saved_view USING btree (list, owner);

create table series (
  document text not null,
  place uuid,
  period text not null,
  last bigint not null default 0,
  constraint series_document_place_period_key UNIQUE NULLS NOT DISTINCT (document, place, period),
  constraint series_last_check CHECK ((last >= 0))
);

create table setting (
  name text not null,
  value jsonb not null,
  changed_at timestamp with time zone not null default now(),
  constraint setting_pkey PRIMARY KEY (name)
);

CREATE OR REPLACE FUNCTION public.audit_text_v1(audit_entry)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select jsonb_build_array(1, $1.id, extract(epoch from $1.at), $1.actor_kind, $1.actor, $1.actor_name, $1.command, $1.input, $1.reason,
    $1.about_table, $1.about, $1.place, $1.trace_id, $1.address, $1.device,
    (select jsonb_agg(jsonb_build_array(c.id, c.table_name, c.record, c.version, c.before, c.after) order by c.id)
     from audit_change c where c.entry = $1.id))::text
$function$;

CREATE OR REPLACE FUNCTION public.catalog_name_variants()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update catalog_variant set name = catalog_variant_name(new.name, option_values)
  where product = new.id and name <> catalog_variant_name(new.name, option_values);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.catalog_price_price_unit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.price_unit := coalesce((select v.price_unit from catalog_variant v where v.id = new.variant), '1');
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.catalog_variant_name(product text, options text[])
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select concat_ws(' · ', nullif(product, ''), nullif(array_to_string(array(
    select value from unnest(options) with ordinality as o(value, at) where value <> 'Default Title' order by at), ' / '), ''))
$function$;

CREATE OR REPLACE FUNCTION public.catalog_variant_price_unit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.price_unit := coalesce((select p.price_unit from catalog_product p where p.id = new.product), '1');
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.code_key(wanted text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select case when c.code ~ '^([0-9]{8}|[0-9]{12,14})$' and (
      select sum(substr(lpad(c.code, 14, '0'), at, 1)::int * case at % 2 when 1 then 3 else 1 end) % 10 from generate_series(1, 14) at) = 0
    then lpad(c.code, 14, '0') else c.code end
  from (select lower(translate(btrim(normalize(wanted, NFKC)), '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789') collate "pg_c_utf8") as code) c
$function$;

CREATE OR REPLACE FUNCTION public.duka_sellers()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('duka.sellers', true), '')::uuid[] $function$;

CREATE OR REPLACE FUNCTION public.fold_text(wanted text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select replace(replace(replace(translate(regexp_replace(lower(normalize(wanted, NFKD) collate "pg_c_utf8"),
    '[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]', '', 'g'),
    'ٱىةکیہھےە٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹ςøłđıħð', 'ايهكيههيه01234567890123456789σoldihd'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe')
$function$;

CREATE OR REPLACE FUNCTION public.forget_activity(kinds text[], before timestamp with time zone, most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.inventory_document_issue()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.letterhead := place_letterhead_now(new.place);
  new.partner := party_on_paper_now(new.supplier, true);
  new.as_issued := jsonb_build_object('location', (select name from inventory_location where id = new.location),
    'toLocation', (select name from inventory_location where id = new.to_location));
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.inventory_line_issue()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  select v.name, v.sku, v.price_unit, v.unit into new.name, new.sku, new.price_unit, new.unit
  from catalog_variant_fact v where v.id = new.variant;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.leave_to_be_sealed()
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into setting (name, value) values ('kit.unsealed', 'true') on conflict (name) do nothing
$function$;

CREATE OR REPLACE FUNCTION public.ledger_balanced()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
declare odd uuid;
begin
  select entry into odd from written group by entry having sum(amount) <> 0 limit 1;
  if odd is not null then
    raise exception 'entry % does not balance', odd using errcode = '23514', constraint = 'ledger_entry_balances';
  end if;
  insert into ledger_balance (account, business_day, source, debit, credit)
    select w.account, w.business_day, coalesce(e.source, '00000000-0000-7000-8000-000000000000'),
      coalesce(sum(w.amount) filter (where w.amount > 0), 0), -coalesce(sum(w.amount) filter (where w.amount < 0), 0)
    from written w join ledger_entry e on e.id = w.entry group by 1, 2, 3 order by 1, 2, 3
    on conflict (account, business_day, source) do update set debit = ledger_balance.debit + excluded.debit, credit = ledger_balance.credit + excluded.credit;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.ledger_period_open()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from written w join ledger_period p on p.first_day >= date_trunc('month', w.business_day)::date where p.state = 'closed') then
    raise exception 'the period is closed' using errcode = '23514', constraint = 'ledger_period_open';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.party_on_paper_now(wanted uuid, keep boolean)
 RETURNS uuid
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.place_add_letterhead(wanted uuid)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into place_letterhead (id, place, company, name, address, phone, tax_number, receipt_note, time_zone)
  select uuidv7(), p.id, jsonb_build_object('name', c -> 'name', 'taxNumber', c -> 'taxNumber', 'currency', c -> 'currency',
      'logo', c -> 'logo', 'receiptHead', c -> 'receiptHead', 'receiptNote', c -> 'receiptNote'),
    p.name, p.address, p.phone, p.tax_number, p.receipt_note, p.time_zone
  from place p, setting_value('company') c where p.id = wanted
$function$;

CREATE OR REPLACE FUNCTION public.place_keep_letterhead()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'INSERT' or (old.name, old.address, old.phone, old.tax_number, old.receipt_note, old.time_zone)
      is distinct from (new.name, new.address, new.phone, new.tax_number, new.receipt_note, new.time_zone) then
    perform place_add_letterhead(new.id);
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.place_keep_letterheads()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'INSERT' or exists (
      select from unnest(array['name', 'taxNumber', 'currency', 'logo', 'receiptHead', 'receiptNote']) as told(key)
      where old.value -> told.key is distinct from new.value -> told.key) then
    perform place_add_letterhead(id) from place;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.place_letterhead_now(wanted uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  select id from place_letterhead where place = wanted order by id desc limit 1
$function$;

CREATE OR REPLACE FUNCTION public.pos_keep_location()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from pos_till where location = new.id and archived_at is null) then
    raise exception 'a till sells from this location' using errcode = 'check_violation', constraint = 'pos_till_sells';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.pos_keep_period()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from pos_shift where state = 'open' and business_day < new.first_day + interval '1 month') then
    raise exception 'a till is open in this month' using errcode = 'check_violation', constraint = 'pos_shift_open_then';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.pos_keep_place()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from pos_shift where place = new.id and state = 'open') then
    raise exception 'a till is open here' using errcode = 'check_violation', constraint = 'pos_shift_open_here';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.pos_key_reference()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.reference_key := nullif(regexp_replace(upper(new.reference), '[^[:alnum:]]', '', 'g'), '');
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.pos_sale_issue()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.letterhead := place_letterhead_now(new.place);
  new.buyer := party_on_paper_now(new.customer, false);
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.pos_shift_final()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a closed shift stays as it was counted' using errcode = '23514', constraint = 'pos_shift_final';
end $function$;

CREATE OR REPLACE FUNCTION public.pos_shift_issue()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.letterhead := place_letterhead_now(new.place);
  new.as_issued := jsonb_build_object('till', (select name from pos_till where id = new.till),
    'openedBy', (select name from access_user_name where id = new.opened_by));
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.pos_tender_issue()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  select m.name into new.name from payment_method_name m where m.id = new.method;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' and tg_table_name = 'activity' and current_setting('duka.forgetting', true) = 'activity'
    and current_user = (select relowner::regrole::text from pg_class where oid = tg_relid) then
    return old;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = '42501';
end $function$;

CREATE OR REPLACE FUNCTION public.seal_later(id uuid, value jsonb)
 RETURNS sealed
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case when value is null or value = 'null'::jsonb then null
    else ('\x444b53010000'::bytea || uuid_send(id) || convert_to(value::text, 'UTF8'))::sealed end
$function$;

CREATE OR REPLACE FUNCTION public.seals(value sealed, id uuid)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select value is null or substring(value from 7 for 16) = uuid_send(id)
$function$;

CREATE OR REPLACE FUNCTION public.setting_value(wanted text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
  select value from setting where name = wanted
$function$;

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.activity FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.activity FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.audit_change FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.audit_change FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.audit_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.audit_leaf FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.audit_leaf FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.audit_seal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.audit_seal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER catalog_price_price_unit BEFORE INSERT OR UPDATE OF variant ON public.catalog_price FOR EACH ROW EXECUTE FUNCTION catalog_price_price_unit();
CREATE TRIGGER catalog_name_variants AFTER UPDATE OF name ON public.catalog_product FOR EACH ROW WHEN ((old.name <> new.name)) EXECUTE FUNCTION catalog_name_variants();
CREATE TRIGGER catalog_variant_price_unit BEFORE INSERT ON public.catalog_variant FOR EACH ROW EXECUTE FUNCTION catalog_variant_price_unit();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.inventory_document FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.inventory_document FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER inventory_document_issue BEFORE INSERT ON public.inventory_document FOR EACH ROW WHEN ((new.posted_at IS NOT NULL)) EXECUTE FUNCTION inventory_document_issue();
CREATE TRIGGER inventory_document_issue_later BEFORE UPDATE ON public.inventory_document FOR EACH ROW WHEN (((old.posted_at IS NULL) AND (new.posted_at IS NOT NULL))) EXECUTE FUNCTION inventory_document_issue();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.inventory_document_line FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.inventory_document_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER inventory_line_issue BEFORE INSERT ON public.inventory_document_line FOR EACH ROW EXECUTE FUNCTION inventory_line_issue();
CREATE TRIGGER pos_keep_location BEFORE UPDATE OF archived_at ON public.inventory_location FOR EACH ROW WHEN (((old.archived_at IS NULL) AND (new.archived_at IS NOT NULL))) EXECUTE FUNCTION pos_keep_location();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.inventory_move FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.inventory_move FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.ledger_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.ledger_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_period_open AFTER INSERT ON public.ledger_entry REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ledger_period_open();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.ledger_line FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.ledger_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_balanced AFTER INSERT ON public.ledger_line REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ledger_balanced();
CREATE TRIGGER pos_keep_period BEFORE INSERT OR UPDATE OF state ON public.ledger_period FOR EACH ROW WHEN ((new.state = 'closed'::text)) EXECUTE FUNCTION pos_keep_period();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.paper_print FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.paper_print FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER place_keep_letterhead AFTER INSERT OR UPDATE ON public.place FOR EACH ROW EXECUTE FUNCTION place_keep_letterhead();
CREATE TRIGGER pos_keep_place BEFORE UPDATE OF archived_at ON public.place FOR EACH ROW WHEN (((old.archived_at IS NULL) AND (new.archived_at IS NOT NULL))) EXECUTE FUNCTION pos_keep_place();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OF id, place, since, company, name, address, tax_number, receipt_note, time_zone ON public.place_letterhead FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.place_letterhead FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.pos_cash_move FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.pos_cash_move FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OF sale, letterhead, buyer, issued_at, issued_by ON public.pos_invoice FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.pos_invoice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OF id, number, till, place, shift, business_day, cashier, cashier_name, customer, state, prices_include_tax, net, tax, discount, rounding, total, cost, change, note, completed_at, letterhead, buyer ON public.pos_sale FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.pos_sale FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER pos_sale_issue BEFORE INSERT ON public.pos_sale FOR EACH ROW EXECUTE FUNCTION pos_sale_issue();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.pos_sale_line FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.pos_sale_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER pos_shift_final BEFORE DELETE OR UPDATE ON public.pos_shift FOR EACH ROW WHEN ((old.state = 'closed'::text)) EXECUTE FUNCTION pos_shift_final();
CREATE TRIGGER pos_shift_issue BEFORE UPDATE ON public.pos_shift FOR EACH ROW WHEN (((old.state = 'open'::text) AND (new.state = 'closed'::text))) EXECUTE FUNCTION pos_shift_issue();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.pos_tender FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.pos_tender FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER pos_key_reference BEFORE INSERT ON public.pos_tender FOR EACH ROW WHEN (((new.kind = ANY (ARRAY['mobile'::text, 'bank'::text])) AND (new.reference IS NOT NULL))) EXECUTE FUNCTION pos_key_reference();
CREATE TRIGGER pos_tender_issue BEFORE INSERT ON public.pos_tender FOR EACH ROW EXECUTE FUNCTION pos_tender_issue();
CREATE TRIGGER place_keep_letterheads AFTER INSERT OR UPDATE ON public.setting FOR EACH ROW WHEN ((new.name = 'company'::text)) EXECUTE FUNCTION place_keep_letterheads();
alter table access_app_code enable row level security;
alter table access_contact enable row level security;
alter table access_invitation enable row level security;
alter table access_invitation_role enable row level security;
alter table access_registration enable row level security;
alter table access_reset enable row level security;
alter table access_sign_in enable row level security;
alter table access_signing_key enable row level security;
alter table access_throttle enable row level security;
alter table activity enable row level security;
alter table audit_change enable row level security;
alter table audit_entry enable row level security;
alter table audit_leaf enable row level security;
alter table audit_seal enable row level security;
alter table comms_message enable row level security;
alter table comms_template enable row level security;
alter table data_key enable row level security;
alter table event enable row level security;
alter table idempotency_key enable row level security;
alter table import_later enable row level security;
alter table import_refusal enable row level security;
alter table import_run enable row level security;
alter table import_trace enable row level security;
alter table inventory_balance enable row level security;
alter table inventory_document enable row level security;
alter table inventory_document_line enable row level security;
alter table inventory_layer enable row level security;
alter table inventory_lot enable row level security;
alter table inventory_move enable row level security;
alter table inventory_reorder enable row level security;
alter table inventory_reservation enable row level security;
alter table ledger_account enable row level security;
alter table ledger_balance enable row level security;
alter table ledger_entry enable row level security;
alter table ledger_line enable row level security;
alter table ledger_period enable row level security;
alter table legal_hold enable row level security;
alter table migration enable row level security;
alter table number_template enable row level security;
alter table paper_print enable row level security;
alter table party enable row level security;
alter table party_on_paper enable row level security;
alter table place_letterhead enable row level security;
alter table pos_agreement enable row level security;
alter table pos_cash_move enable row level security;
alter table pos_invoice enable row level security;
alter table pos_parked enable row level security;
alter table pos_sale enable row level security;
alter table pos_sale_line enable row level security;
alter table pos_shift enable row level security;
alter table pos_tender enable row level security;
alter table pos_till enable row level security;
alter table series enable row level security;
create policy sellers on inventory_balance for select to duka_outsider using ((owner = ANY (( SELECT duka_sellers() AS duka_sellers)::uuid[])));
create policy sellers on inventory_move for select to duka_outsider using ((owner = ANY (( SELECT duka_sellers() AS duka_sellers)::uuid[])));
create policy sellers on inventory_reservation for select to duka_outsider using ((owner = ANY (( SELECT duka_sellers() AS duka_sellers)::uuid[])));
create policy sellers on party for select to duka_outsider using ((id = ANY (( SELECT duka_sellers() AS duka_sellers)::uuid[])));
