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

create table analytics_day_line (
  business_day date not null,
  place uuid not null,
  variant uuid not null,
  tax_code text not null,
  tax_rate bigint not null,
  quantity bigint not null,
  net bigint not null,
  tax bigint not null,
  discount bigint not null,
  cost bigint not null,
  constraint analytics_day_line_pkey PRIMARY KEY (business_day, place, variant, tax_code, tax_rate)
);

create table analytics_day_method (
  business_day date not null,
  place uuid not null,
  method uuid not null,
  payments bigint not null,
  amount bigint not null,
  constraint analytics_day_method_pkey PRIMARY KEY (business_day, place, method)
);

create table analytics_day_sale (
  business_day date not null,
  place uuid not null,
  cashier uuid not null,
  hour integer not null,
  sales bigint not null,
  net bigint not null,
  tax bigint not null,
  total bigint not null,
  discount bigint not null,
  cost bigint not null,
  constraint analytics_day_sale_pkey PRIMARY KEY (business_day, place, cashier, hour),
  constraint analytics_day_sale_hour_check CHECK (((hour >= 0) AND (hour <= 23)))
);

create table analytics_report_mailing (
  id uuid not null,
  plan uuid not null,
  receiver uuid not null,
  due_at timestamp with time zone not null,
  first_day date not null,
  last_day date not null,
  at timestamp with time zone not null,
  constraint analytics_report_mailing_plan_receiver_due_at_key UNIQUE (plan, receiver, due_at),
  constraint analytics_report_mailing_pkey PRIMARY KEY (id),
  constraint analytics_report_mailing_plan_fkey FOREIGN KEY (plan) REFERENCES analytics_report_plan(id),
  constraint analytics_report_mailing_receiver_fkey FOREIGN KEY (receiver) REFERENCES access_user(id),
  constraint analytics_report_mailing_check CHECK ((last_day >= first_day))
);
CREATE INDEX analytics_report_mailing_receiver ON public.analytics_report_mailing USING btree (receiver);

create table analytics_report_plan (
  id uuid not null,
  name text not null,
  report text not null,
  period text not null,
  compare text not null default 'none'::text,
  place uuid,
  frequency text not null,
  weekday text,
  hour integer not null,
  attached text not null default 'pdf'::text,
  receivers text[] not null,
  state text not null default 'active'::text,
  created_by uuid not null,
  created_at timestamp with time zone not null default now(),
  next_at timestamp with time zone not null,
  last_at timestamp with time zone,
  last_result text,
  version integer not null default 1,
  constraint analytics_report_plan_pkey PRIMARY KEY (id),
  constraint analytics_report_plan_created_by_fkey FOREIGN KEY (created_by) REFERENCES access_user(id),
  constraint analytics_report_plan_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint analytics_report_plan_attached_check CHECK ((attached = ANY (ARRAY['pdf'::text, 'xlsx'::text, 'both'::text]))),
  constraint analytics_report_plan_check CHECK (((frequency = 'weekly'::text) = (weekday IS NOT NULL))),
  constraint analytics_report_plan_compare_check CHECK ((compare = ANY (ARRAY['none'::text, 'before'::text, 'yearBefore'::text]))),
  constraint analytics_report_plan_frequency_check CHECK ((frequency = ANY (ARRAY['daily'::text, 'weekly'::text, 'monthly'::text]))),
  constraint analytics_report_plan_hour_check CHECK (((hour >= 0) AND (hour <= 23))),
  constraint analytics_report_plan_last_result_check CHECK ((last_result = ANY (ARRAY['sent'::text, 'partly'::text, 'failed'::text]))),
  constraint analytics_report_plan_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  constraint analytics_report_plan_period_check CHECK ((period = ANY (ARRAY['yesterday'::text, 'lastWeek'::text, 'lastMonth'::text, 'thisMonth'::text]))),
  constraint analytics_report_plan_receivers_check CHECK (((cardinality(receivers) >= 1) AND (cardinality(receivers) <= 50))),
  constraint analytics_report_plan_report_check CHECK ((report = ANY (ARRAY['salesByDay'::text, 'salesByArticle'::text, 'salesByCategory'::text, 'salesByCashier'::text, 'salesByStore'::text, 'salesByHour'::text, 'salesByMethod'::text, 'taxes'::text, 'stockValue'::text, 'profitAndLoss'::text, 'balanceSheet'::text]))),
  constraint analytics_report_plan_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'ended'::text]))),
  constraint analytics_report_plan_weekday_check CHECK ((weekday = ANY (ARRAY['monday'::text, 'tuesday'::text, 'wednesday'::text, 'thursday'::text, 'friday'::text, 'saturday'::text, 'sunday'::text])))
);
CREATE INDEX analytics_report_plan_created_by ON public.analytics_report_plan USING btree (created_by);
CREATE INDEX analytics_report_plan_due ON public.analytics_report_plan USING btree (next_at) WHERE (state = 'active'::text);
CREATE INDEX analytics_report_plan_place ON public.analytics_report_plan USING btree (place) WHERE (place IS NOT NULL);

create table analytics_summed (
  is_only boolean not null default true,
  last_day date not null,
  constraint analytics_summed_pkey PRIMARY KEY (is_only),
  constraint analytics_summed_is_only_check CHECK (is_only)
);

create table assignment (
  id uuid not null,
  about_table text not null,
  about uuid not null,
  user_id uuid not null,
  given boolean not null,
  is_current boolean not null default false,
  caused_by uuid not null,
  at timestamp with time zone not null default now(),
  constraint assignment_pkey PRIMARY KEY (id),
  constraint assignment_current_when CHECK ((given OR (NOT is_current)))
);
CREATE INDEX assignment_about ON public.assignment USING btree (about, at DESC, id DESC);
CREATE INDEX assignment_mine ON public.assignment USING btree (user_id, id DESC) WHERE is_current;
CREATE UNIQUE INDEX assignment_one ON public.assignment USING btree (about) WHERE is_current;
CREATE INDEX assignment_user ON public.assignment USING btree (user_id);

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
  custom jsonb not null default '{}'::jsonb,
  custom_said text not null default ''::text,
  return_days integer,
  constraint catalog_category_parent_name_key UNIQUE NULLS NOT DISTINCT (parent, name),
  constraint catalog_category_pkey PRIMARY KEY (id),
  constraint catalog_category_parent_fkey FOREIGN KEY (parent) REFERENCES catalog_category(id),
  constraint catalog_category_custom_check CHECK ((jsonb_typeof(custom) = 'object'::text)),
  constraint catalog_category_return_days_check CHECK (((return_days >= 0) AND (return_days <= 3650)))
);
CREATE INDEX catalog_category_custom ON public.catalog_category USING gin (custom jsonb_path_ops);
CREATE INDEX catalog_category_custom_said ON public.catalog_category USING gin (fold_text(custom_said) gin_trgm_ops);
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
  custom jsonb not null default '{}'::jsonb,
  custom_said text not null default ''::text,
  asks_price boolean not null default false,
  least_price bigint,
  most_price bigint,
  constraint catalog_product_handle_key UNIQUE (handle),
  constraint catalog_product_pkey PRIMARY KEY (id),
  constraint catalog_product_category_fkey FOREIGN KEY (category) REFERENCES catalog_category(id),
  constraint catalog_product_image_fkey FOREIGN KEY (image) REFERENCES file(id),
  constraint catalog_product_tax_class_fkey FOREIGN KEY (tax_class) REFERENCES catalog_tax_class(id),
  constraint catalog_product_unit_fkey FOREIGN KEY (unit) REFERENCES catalog_unit(id),
  constraint catalog_product_custom_check CHECK ((jsonb_typeof(custom) = 'object'::text)),
  constraint catalog_product_kind_check CHECK ((kind = ANY (ARRAY['stocked'::text, 'service'::text]))),
  constraint catalog_product_least_price_check CHECK ((least_price > 0)),
  constraint catalog_product_most_price_check CHECK ((most_price > 0)),
  constraint catalog_product_price_bounds CHECK ((least_price <= most_price)),
  constraint catalog_product_price_unit_check CHECK ((price_unit = ANY (ARRAY['1'::text, '100'::text, '1000'::text])))
);
CREATE INDEX catalog_product_category ON public.catalog_product USING btree (category);
CREATE INDEX catalog_product_created ON public.catalog_product USING btree (created_at, id);
CREATE INDEX catalog_product_custom ON public.catalog_product USING gin (custom jsonb_path_ops);
CREATE INDEX catalog_product_custom_said ON public.catalog_product USING gin (fold_text(custom_said) gin_trgm_ops);
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
CREATE INDEX comms_message_about ON public.comms_message USING btree (about, created_at DESC, id DESC) WHERE (about IS NOT NULL);
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

create table custom_field (
  id uuid not null,
  of text not null,
  label text not null,
  key text not null,
  kind text not null,
  choices text[] not null default '{}'::text[],
  target text,
  is_required boolean not null default false,
  is_listed boolean not null default false,
  position integer not null default 0,
  version integer not null default 1,
  archived_at timestamp with time zone,
  constraint custom_field_of_key_key UNIQUE (of, key),
  constraint custom_field_pkey PRIMARY KEY (id),
  constraint custom_field_check CHECK (((kind = 'choice'::text) = (cardinality(choices) > 0))),
  constraint custom_field_check1 CHECK (((kind = 'reference'::text) = (target IS NOT NULL))),
  constraint custom_field_key_check CHECK ((key ~ '^[a-z][a-z0-9]{0,39}$'::text)),
  constraint custom_field_kind_check CHECK ((kind = ANY (ARRAY['text'::text, 'number'::text, 'amount'::text, 'choice'::text, 'day'::text, 'yesNo'::text, 'reference'::text]))),
  constraint custom_field_label_check CHECK (((length(label) >= 1) AND (length(label) <= 60))),
  constraint custom_field_of_check CHECK (((length(of) >= 1) AND (length(of) <= 60))),
  constraint custom_field_position_check CHECK ((("position" >= 0) AND ("position" <= 1000))),
  constraint custom_field_target_check CHECK (((length(target) >= 1) AND (length(target) <= 60)))
);
CREATE UNIQUE INDEX custom_field_label ON public.custom_field USING btree (of, lower(label)) WHERE (archived_at IS NULL);

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
  attached boolean not null default false,
  constraint file_pkey PRIMARY KEY (id),
  constraint file_name_check CHECK ((length(name) <= 255)),
  constraint file_sealed_by_check CHECK ((sealed_by > 0)),
  constraint file_size_check CHECK ((size >= 0))
);
CREATE INDEX file_about ON public.file USING btree (about) WHERE (about IS NOT NULL);
CREATE INDEX file_attached ON public.file USING btree (about, created_at DESC, id DESC) WHERE attached;
CREATE INDEX file_sealed ON public.file USING btree (sealed_by) WHERE (sealed_by IS NOT NULL);

create table follow (
  user_id uuid not null,
  about_table text not null,
  about uuid not null,
  since timestamp with time zone not null default now(),
  constraint follow_pkey PRIMARY KEY (about, user_id)
);
CREATE INDEX follow_user ON public.follow USING btree (user_id);

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
  constraint inventory_balance_ceiling CHECK (((((on_hand)::bigint >= '-1000000000000000'::bigint) AND ((on_hand)::bigint <= '1000000000000000'::bigint)) AND (((value)::bigint >= '-1000000000000000'::bigint) AND ((value)::bigint <= '1000000000000000'::bigint)))),
  constraint inventory_balance_floor CHECK ((may_go_below OR (((on_hand)::bigint >= 0) AND ((reserved)::bigint <= (on_hand)::bigint)))),
  constraint inventory_balance_reserved_check CHECK (((reserved)::bigint >= 0))
);
CREATE INDEX inventory_balance_location ON public.inventory_balance USING btree (location);
CREATE INDEX inventory_balance_lot ON public.inventory_balance USING btree (lot) WHERE (lot IS NOT NULL);
CREATE INDEX inventory_balance_owner ON public.inventory_balance USING btree (owner) WHERE (owner IS NOT NULL);

create table inventory_document (
  id uuid not null,
  number text,
  kind text not null,
  state text not null default 'draft'::text,
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
  reverses uuid,
  origin uuid,
  custom jsonb not null default '{}'::jsonb,
  custom_said text not null default ''::text,
  constraint inventory_document_number_key UNIQUE (number),
  constraint inventory_document_pkey PRIMARY KEY (id),
  constraint inventory_document_created_by_fkey FOREIGN KEY (created_by) REFERENCES access_user(id),
  constraint inventory_document_location_fkey FOREIGN KEY (location) REFERENCES inventory_location(id),
  constraint inventory_document_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint inventory_document_reverses_fkey FOREIGN KEY (reverses) REFERENCES inventory_document(id),
  constraint inventory_document_supplier_fkey FOREIGN KEY (supplier) REFERENCES party(id),
  constraint inventory_document_to_location_fkey FOREIGN KEY (to_location) REFERENCES inventory_location(id),
  constraint inventory_document_custom_check CHECK ((jsonb_typeof(custom) = 'object'::text)),
  constraint inventory_document_kind_check CHECK ((kind = ANY (ARRAY['receipt'::text, 'adjustment'::text, 'count'::text, 'transfer'::text]))),
  constraint inventory_document_posted_when CHECK ((((state = 'posted'::text) = (number IS NOT NULL)) AND ((state = 'posted'::text) = (posted_at IS NOT NULL)))),
  constraint inventory_document_reason_check CHECK ((reason = ANY (ARRAY['supplier'::text, 'opening'::text, 'count'::text, 'damaged'::text, 'expired'::text, 'stolen'::text, 'found'::text, 'ownUse'::text, 'sample'::text, 'correction'::text, 'reversal'::text]))),
  constraint inventory_document_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'posted'::text, 'voided'::text])))
);
CREATE INDEX inventory_document_created ON public.inventory_document USING btree (created_at DESC, id DESC);
CREATE INDEX inventory_document_created_by ON public.inventory_document USING btree (created_by);
CREATE INDEX inventory_document_custom ON public.inventory_document USING gin (custom jsonb_path_ops);
CREATE INDEX inventory_document_custom_said ON public.inventory_document USING gin (fold_text(custom_said) gin_trgm_ops);
CREATE INDEX inventory_document_drafts ON public.inventory_document USING btree (place, created_at DESC) WHERE (state = 'draft'::text);
CREATE INDEX inventory_document_location ON public.inventory_document USING btree (location);
CREATE INDEX inventory_document_place ON public.inventory_document USING btree (place, created_at DESC);
CREATE UNIQUE INDEX inventory_document_reverses ON public.inventory_document USING btree (reverses) WHERE (reverses IS NOT NULL);
CREATE INDEX inventory_document_supplier ON public.inventory_document USING btree (supplier);
CREATE INDEX inventory_document_to ON public.inventory_document USING btree (to_location);

create view inventory_document_fact with (security_invoker = true) as
SELECT id,
    number,
    kind,
    place
   FROM inventory_document;

create table inventory_document_line (
  id uuid not null,
  document uuid not null,
  position integer not null,
  variant uuid not null,
  lot uuid,
  quantity qty,
  expected qty,
  unit_cost minor,
  counted_at timestamp with time zone,
  name text,
  sku text,
  price_unit text not null default '1'::text,
  unit text,
  lot_code text,
  expires_on date,
  constraint inventory_document_line_document_position_key UNIQUE (document, "position") DEFERRABLE INITIALLY DEFERRED,
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
  holds text not null default 'goods'::text,
  custom jsonb not null default '{}'::jsonb,
  custom_said text not null default ''::text,
  constraint inventory_location_code_key UNIQUE (code),
  constraint inventory_location_pkey PRIMARY KEY (id),
  constraint inventory_location_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint inventory_location_check CHECK (((kind = 'storage'::text) = (place IS NOT NULL))),
  constraint inventory_location_custom_check CHECK ((jsonb_typeof(custom) = 'object'::text)),
  constraint inventory_location_holds_check CHECK ((holds = ANY (ARRAY['goods'::text, 'damaged'::text]))),
  constraint inventory_location_kind_check CHECK ((kind = ANY (ARRAY['storage'::text, 'customer'::text, 'supplier'::text, 'loss'::text, 'opening'::text, 'transit'::text])))
);
CREATE INDEX inventory_location_custom ON public.inventory_location USING gin (custom jsonb_path_ops);
CREATE INDEX inventory_location_custom_said ON public.inventory_location USING gin (fold_text(custom_said) gin_trgm_ops);
CREATE UNIQUE INDEX inventory_location_damaged ON public.inventory_location USING btree (place) WHERE (holds = 'damaged'::text);
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

create view inventory_lot_list with (security_invoker = true) as
SELECT b.id,
    b.lot,
    t.code,
    b.variant,
    v.name,
    v.sku,
    b.location,
    l.place,
    t.expires_on,
        CASE
            WHEN (t.expires_on IS NULL) THEN 'undated'::text
            WHEN (t.expires_on < d.today) THEN 'expired'::text
            WHEN (t.expires_on <= (d.today + 30)) THEN 'expiring'::text
            ELSE 'fresh'::text
        END AS freshness,
    b.on_hand,
    b.reserved,
    b.value
   FROM (((((inventory_balance b
     JOIN inventory_lot t ON ((t.id = b.lot)))
     JOIN inventory_location l ON ((l.id = b.location)))
     JOIN place_fact pl ON ((pl.id = l.place)))
     JOIN catalog_variant_fact v ON ((v.id = b.variant)))
     CROSS JOIN LATERAL ( SELECT (((now() AT TIME ZONE pl.time_zone) - make_interval(hours => pl.cut_off_hour)))::date AS today) d)
  WHERE ((b.on_hand)::bigint <> 0);

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
CREATE INDEX inventory_move_day ON public.inventory_move USING brin (business_day) WITH (pages_per_range='16');
CREATE INDEX inventory_move_document ON public.inventory_move USING btree (document);
CREATE INDEX inventory_move_from ON public.inventory_move USING btree (from_location, at DESC);
CREATE INDEX inventory_move_lot ON public.inventory_move USING btree (lot) WHERE (lot IS NOT NULL);
CREATE INDEX inventory_move_owner ON public.inventory_move USING btree (owner) WHERE (owner IS NOT NULL);
CREATE INDEX inventory_move_to ON public.inventory_move USING btree (to_location, at DESC);
CREATE INDEX inventory_move_variant ON public.inventory_move USING btree (variant, at DESC, id DESC);

create view inventory_move_list with (security_invoker = true) as
SELECT m.id,
    m.at,
    m.business_day,
    m.variant,
    v.name,
    v.sku,
    m.lot,
    m.owner,
    m.from_location,
    m.to_location,
    f.place AS from_place,
    t.place AS to_place,
        CASE
            WHEN ((f.kind = 'storage'::text) AND (t.kind <> 'storage'::text)) THEN (- (m.quantity)::bigint)
            ELSE (m.quantity)::bigint
        END AS quantity,
        CASE
            WHEN (t.kind = 'storage'::text) THEN (m.quantity)::bigint
            ELSE (0)::bigint
        END AS came,
        CASE
            WHEN (f.kind = 'storage'::text) THEN (m.quantity)::bigint
            ELSE (0)::bigint
        END AS went,
    m.cost,
    (
        CASE
            WHEN (t.kind = 'storage'::text) THEN (m.cost)::bigint
            ELSE (0)::bigint
        END -
        CASE
            WHEN (f.kind = 'storage'::text) THEN (m.cost)::bigint
            ELSE (0)::bigint
        END) AS value,
    m.document_kind,
    m.document,
    m.reason,
    m.moved_by
   FROM (((inventory_move m
     JOIN catalog_variant_fact v ON ((v.id = m.variant)))
     JOIN inventory_location f ON ((f.id = m.from_location)))
     JOIN inventory_location t ON ((t.id = m.to_location)));

create view inventory_on_hand with (security_invoker = true) as
SELECT b.variant,
    l.place,
    (sum((b.on_hand)::bigint))::bigint AS on_hand,
    (sum((b.reserved)::bigint))::bigint AS reserved,
    (sum((b.value)::bigint))::bigint AS value,
    (COALESCE(sum(((b.on_hand)::bigint - (b.reserved)::bigint)) FILTER (WHERE (l.holds = 'goods'::text)), (0)::numeric))::bigint AS free
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
  constraint inventory_reservation_state_check CHECK ((state = ANY (ARRAY['active'::text, 'released'::text, 'expired'::text, 'used'::text])))
);
CREATE INDEX inventory_reservation_active ON public.inventory_reservation USING btree (expires_at) WHERE (state = 'active'::text);
CREATE INDEX inventory_reservation_customer ON public.inventory_reservation USING btree (customer) WHERE (customer IS NOT NULL);
CREATE INDEX inventory_reservation_document ON public.inventory_reservation USING btree (document);
CREATE INDEX inventory_reservation_location ON public.inventory_reservation USING btree (location);
CREATE INDEX inventory_reservation_lot ON public.inventory_reservation USING btree (lot);
CREATE INDEX inventory_reservation_owner ON public.inventory_reservation USING btree (owner);
CREATE INDEX inventory_reservation_variant ON public.inventory_reservation USING btree (variant);

create table inventory_stock_count (
  id uuid not null,
  number text not null,
  state text not null default 'open'::text,
  location uuid not null,
  place uuid not null,
  covers text not null default 'everything'::text,
  category uuid,
  note text,
  business_day date not null,
  round integer not null default 1,
  value minor,
  paper uuid,
  created_by uuid not null,
  created_at timestamp with time zone not null default now(),
  started_at timestamp with time zone,
  reviewed_by uuid,
  reviewed_at timestamp with time zone,
  posted_by uuid,
  posted_at timestamp with time zone,
  reason text,
  version integer not null default 1,
  custom jsonb not null default '{}'::jsonb,
  custom_said text not null default ''::text,
  constraint inventory_stock_count_number_key UNIQUE (number),
  constraint inventory_stock_count_paper_key UNIQUE (paper),
  constraint inventory_stock_count_pkey PRIMARY KEY (id),
  constraint inventory_stock_count_category_fkey FOREIGN KEY (category) REFERENCES catalog_category(id),
  constraint inventory_stock_count_created_by_fkey FOREIGN KEY (created_by) REFERENCES access_user(id),
  constraint inventory_stock_count_location_fkey FOREIGN KEY (location) REFERENCES inventory_location(id),
  constraint inventory_stock_count_paper_fkey FOREIGN KEY (paper) REFERENCES inventory_document(id),
  constraint inventory_stock_count_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint inventory_stock_count_posted_by_fkey FOREIGN KEY (posted_by) REFERENCES access_user(id),
  constraint inventory_stock_count_reviewed_by_fkey FOREIGN KEY (reviewed_by) REFERENCES access_user(id),
  constraint inventory_stock_count_category_when CHECK (((covers = 'category'::text) = (category IS NOT NULL))),
  constraint inventory_stock_count_covers_check CHECK ((covers = ANY (ARRAY['everything'::text, 'category'::text, 'chosen'::text]))),
  constraint inventory_stock_count_custom_check CHECK ((jsonb_typeof(custom) = 'object'::text)),
  constraint inventory_stock_count_posted_when CHECK (((state = 'posted'::text) = ((posted_at IS NOT NULL) AND (paper IS NOT NULL) AND (value IS NOT NULL)))),
  constraint inventory_stock_count_round_check CHECK ((round >= 1)),
  constraint inventory_stock_count_state_check CHECK ((state = ANY (ARRAY['open'::text, 'counting'::text, 'reviewed'::text, 'posted'::text, 'cancelled'::text])))
);
CREATE INDEX inventory_stock_count_category ON public.inventory_stock_count USING btree (category) WHERE (category IS NOT NULL);
CREATE INDEX inventory_stock_count_created ON public.inventory_stock_count USING btree (created_at DESC, id DESC);
CREATE INDEX inventory_stock_count_created_by ON public.inventory_stock_count USING btree (created_by);
CREATE INDEX inventory_stock_count_custom ON public.inventory_stock_count USING gin (custom jsonb_path_ops);
CREATE INDEX inventory_stock_count_custom_said ON public.inventory_stock_count USING gin (fold_text(custom_said) gin_trgm_ops);
CREATE INDEX inventory_stock_count_location ON public.inventory_stock_count USING btree (location, state);
CREATE INDEX inventory_stock_count_place ON public.inventory_stock_count USING btree (place, created_at DESC);
CREATE INDEX inventory_stock_count_posted_by ON public.inventory_stock_count USING btree (posted_by);
CREATE INDEX inventory_stock_count_reviewed_by ON public.inventory_stock_count USING btree (reviewed_by);
CREATE INDEX inventory_stock_count_state ON public.inventory_stock_count USING btree (state);

create table inventory_stock_count_line (
  id uuid not null,
  document uuid not null,
  position integer not null,
  variant uuid not null,
  lot uuid,
  name text not null,
  round integer not null default 1,
  nothing_at timestamp with time zone,
  counted qty,
  expected qty,
  constraint inventory_stock_count_line_document_position_key UNIQUE (document, "position") DEFERRABLE INITIALLY DEFERRED,
  constraint inventory_stock_count_line_once UNIQUE NULLS NOT DISTINCT (document, variant, lot) DEFERRABLE INITIALLY DEFERRED,
  constraint inventory_stock_count_line_pkey PRIMARY KEY (id),
  constraint inventory_stock_count_line_document_fkey FOREIGN KEY (document) REFERENCES inventory_stock_count(id),
  constraint inventory_stock_count_line_lot_fkey FOREIGN KEY (lot) REFERENCES inventory_lot(id),
  constraint inventory_stock_count_line_variant_fkey FOREIGN KEY (variant) REFERENCES catalog_variant(id),
  constraint inventory_stock_count_line_compared CHECK (((counted IS NULL) = (expected IS NULL))),
  constraint inventory_stock_count_line_counted_check CHECK (((counted)::bigint >= 0)),
  constraint inventory_stock_count_line_round_check CHECK ((round >= 1))
);
CREATE INDEX inventory_stock_count_line_lot ON public.inventory_stock_count_line USING btree (lot) WHERE (lot IS NOT NULL);
CREATE INDEX inventory_stock_count_line_variant ON public.inventory_stock_count_line USING btree (variant);

create table inventory_stock_count_tally (
  id uuid not null,
  stock_count uuid not null,
  line uuid not null,
  round integer not null,
  counted_by uuid not null,
  quantity qty,
  counted_at timestamp with time zone not null,
  constraint inventory_stock_count_tally_pkey PRIMARY KEY (id),
  constraint inventory_stock_count_tally_counted_by_fkey FOREIGN KEY (counted_by) REFERENCES access_user(id),
  constraint inventory_stock_count_tally_line_fkey FOREIGN KEY (line) REFERENCES inventory_stock_count_line(id),
  constraint inventory_stock_count_tally_stock_count_fkey FOREIGN KEY (stock_count) REFERENCES inventory_stock_count(id),
  constraint inventory_stock_count_tally_quantity_check CHECK (((quantity)::bigint >= 0)),
  constraint inventory_stock_count_tally_round_check CHECK ((round >= 1))
);
CREATE INDEX inventory_stock_count_tally_count ON public.inventory_stock_count_tally USING btree (stock_count, round);
CREATE INDEX inventory_stock_count_tally_counted_by ON public.inventory_stock_count_tally USING btree (counted_by);
CREATE INDEX inventory_stock_count_tally_line ON public.inventory_stock_count_tally USING btree (line);

create view inventory_stock_list with (security_invoker = true) as
SELECT inventory_pair(v.id, pl.id) AS id,
    v.id AS variant,
    v.name,
    v.sku,
    v.category,
    pl.id AS place,
    (COALESCE(s.on_hand, (0)::numeric))::bigint AS on_hand,
    (COALESCE(s.reserved, (0)::numeric))::bigint AS reserved,
    (COALESCE(s.free, (0)::numeric))::bigint AS free,
    r.level,
    COALESCE((COALESCE(s.free, (0)::numeric) <= (r.level)::numeric), false) AS low,
    (COALESCE(s.value, (0)::numeric))::bigint AS value,
    s.seller
   FROM (((catalog_variant_fact v
     CROSS JOIN place_fact pl)
     LEFT JOIN LATERAL ( SELECT sum((b.on_hand)::bigint) AS on_hand,
            sum((b.reserved)::bigint) AS reserved,
            sum((b.value)::bigint) AS value,
            sum(((b.on_hand)::bigint - (b.reserved)::bigint)) FILTER (WHERE (l.holds = 'goods'::text)) AS free,
            (array_agg(b.owner) FILTER (WHERE (b.owner IS NOT NULL)))[1] AS seller
           FROM (inventory_balance b
             JOIN inventory_location l ON ((l.id = b.location)))
          WHERE ((b.variant = v.id) AND (l.place = pl.id))) s ON (true))
     LEFT JOIN inventory_reorder r ON (((r.variant = v.id) AND (r.place = pl.id))))
  WHERE ((v.kind = 'stocked'::text) AND (pl.archived_at IS NULL) AND ((NOT v.is_archived) OR (s.on_hand <> (0)::numeric)));

create table inventory_transfer (
  id uuid not null,
  number text not null,
  state text not null default 'requested'::text,
  location uuid not null,
  to_location uuid not null,
  from_place uuid not null,
  place uuid not null,
  needed_on date,
  note text,
  business_day date not null,
  value minor not null default 0,
  created_by uuid not null,
  created_at timestamp with time zone not null default now(),
  decided_by uuid,
  decided_at timestamp with time zone,
  dispatched_by uuid,
  dispatched_at timestamp with time zone,
  closed_at timestamp with time zone,
  reason text,
  version integer not null default 1,
  custom jsonb not null default '{}'::jsonb,
  custom_said text not null default ''::text,
  letterhead uuid,
  as_issued jsonb,
  constraint inventory_transfer_number_key UNIQUE (number),
  constraint inventory_transfer_pkey PRIMARY KEY (id),
  constraint inventory_transfer_created_by_fkey FOREIGN KEY (created_by) REFERENCES access_user(id),
  constraint inventory_transfer_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES access_user(id),
  constraint inventory_transfer_dispatched_by_fkey FOREIGN KEY (dispatched_by) REFERENCES access_user(id),
  constraint inventory_transfer_from_place_fkey FOREIGN KEY (from_place) REFERENCES place(id),
  constraint inventory_transfer_location_fkey FOREIGN KEY (location) REFERENCES inventory_location(id),
  constraint inventory_transfer_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint inventory_transfer_to_location_fkey FOREIGN KEY (to_location) REFERENCES inventory_location(id),
  constraint inventory_transfer_custom_check CHECK ((jsonb_typeof(custom) = 'object'::text)),
  constraint inventory_transfer_dispatched_when CHECK (((state <> ALL (ARRAY['dispatched'::text, 'partlyReceived'::text, 'received'::text])) OR (dispatched_at IS NOT NULL))),
  constraint inventory_transfer_elsewhere CHECK ((location <> to_location)),
  constraint inventory_transfer_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'approved'::text, 'rejected'::text, 'dispatched'::text, 'partlyReceived'::text, 'received'::text, 'cancelled'::text])))
);
CREATE INDEX inventory_transfer_created ON public.inventory_transfer USING btree (created_at DESC, id DESC);
CREATE INDEX inventory_transfer_created_by ON public.inventory_transfer USING btree (created_by);
CREATE INDEX inventory_transfer_custom ON public.inventory_transfer USING gin (custom jsonb_path_ops);
CREATE INDEX inventory_transfer_custom_said ON public.inventory_transfer USING gin (fold_text(custom_said) gin_trgm_ops);
CREATE INDEX inventory_transfer_decided_by ON public.inventory_transfer USING btree (decided_by);
CREATE INDEX inventory_transfer_dispatched_by ON public.inventory_transfer USING btree (dispatched_by);
CREATE INDEX inventory_transfer_from_place ON public.inventory_transfer USING btree (from_place, created_at DESC);
CREATE INDEX inventory_transfer_location ON public.inventory_transfer USING btree (location);
CREATE INDEX inventory_transfer_place ON public.inventory_transfer USING btree (place, created_at DESC);
CREATE INDEX inventory_transfer_state ON public.inventory_transfer USING btree (state);
CREATE INDEX inventory_transfer_to_location ON public.inventory_transfer USING btree (to_location);

create table inventory_transfer_line (
  id uuid not null,
  document uuid not null,
  position integer not null,
  variant uuid not null,
  name text not null,
  quantity qty not null,
  received qty not null default 0,
  damaged qty not null default 0,
  missing qty not null default 0,
  sku text,
  constraint inventory_transfer_line_document_position_key UNIQUE (document, "position") DEFERRABLE INITIALLY DEFERRED,
  constraint inventory_transfer_line_document_variant_key UNIQUE (document, variant) DEFERRABLE INITIALLY DEFERRED,
  constraint inventory_transfer_line_pkey PRIMARY KEY (id),
  constraint inventory_transfer_line_document_fkey FOREIGN KEY (document) REFERENCES inventory_transfer(id),
  constraint inventory_transfer_line_variant_fkey FOREIGN KEY (variant) REFERENCES catalog_variant(id),
  constraint inventory_transfer_line_adds_up CHECK (((((received)::bigint + (damaged)::bigint) + (missing)::bigint) <= (quantity)::bigint)),
  constraint inventory_transfer_line_damaged_check CHECK (((damaged)::bigint >= 0)),
  constraint inventory_transfer_line_missing_check CHECK (((missing)::bigint >= 0)),
  constraint inventory_transfer_line_quantity_check CHECK (((quantity)::bigint > 0)),
  constraint inventory_transfer_line_received_check CHECK (((received)::bigint >= 0))
);
CREATE INDEX inventory_transfer_line_variant ON public.inventory_transfer_line USING btree (variant);

create table inventory_transfer_receipt (
  id uuid not null,
  transfer uuid not null,
  received_by uuid not null,
  received_at timestamp with time zone not null,
  reason text,
  constraint inventory_transfer_receipt_pkey PRIMARY KEY (id),
  constraint inventory_transfer_receipt_received_by_fkey FOREIGN KEY (received_by) REFERENCES access_user(id),
  constraint inventory_transfer_receipt_transfer_fkey FOREIGN KEY (transfer) REFERENCES inventory_transfer(id)
);
CREATE INDEX inventory_transfer_receipt_received_by ON public.inventory_transfer_receipt USING btree (received_by);
CREATE INDEX inventory_transfer_receipt_transfer ON public.inventory_transfer_receipt USING btree (transfer);

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
  constraint ledger_entry_document_kind_check CHECK (((length(document_kind) >= 1) AND (length(document_kind) <= 60)))
);
CREATE INDEX ledger_entry_at ON public.ledger_entry USING btree (at DESC, id DESC);
CREATE UNIQUE INDEX ledger_entry_once ON public.ledger_entry USING btree (document, document_kind, purpose);
CREATE INDEX ledger_entry_place ON public.ledger_entry USING btree (place, business_day);

create table ledger_journal (
  id uuid not null,
  number text,
  state text not null default 'draft'::text,
  memo text,
  business_day date not null,
  place uuid,
  amount minor not null default 0,
  entry uuid,
  reversal uuid,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  posted_by uuid,
  posted_at timestamp with time zone,
  reversed_by uuid,
  reversed_at timestamp with time zone,
  reason text,
  version integer not null default 1,
  custom jsonb not null default '{}'::jsonb,
  custom_said text not null default ''::text,
  constraint ledger_journal_entry_key UNIQUE (entry),
  constraint ledger_journal_number_key UNIQUE (number),
  constraint ledger_journal_reversal_key UNIQUE (reversal),
  constraint ledger_journal_pkey PRIMARY KEY (id),
  constraint ledger_journal_created_by_fkey FOREIGN KEY (created_by) REFERENCES access_user(id),
  constraint ledger_journal_entry_fkey FOREIGN KEY (entry) REFERENCES ledger_entry(id) DEFERRABLE INITIALLY DEFERRED,
  constraint ledger_journal_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint ledger_journal_posted_by_fkey FOREIGN KEY (posted_by) REFERENCES access_user(id),
  constraint ledger_journal_reversal_fkey FOREIGN KEY (reversal) REFERENCES ledger_entry(id) DEFERRABLE INITIALLY DEFERRED,
  constraint ledger_journal_reversed_by_fkey FOREIGN KEY (reversed_by) REFERENCES access_user(id),
  constraint ledger_journal_amount_check CHECK (((amount)::bigint >= 0)),
  constraint ledger_journal_custom_check CHECK ((jsonb_typeof(custom) = 'object'::text)),
  constraint ledger_journal_memo_when CHECK (((memo IS NOT NULL) OR (state = ANY (ARRAY['draft'::text, 'cancelled'::text])))),
  constraint ledger_journal_numbered_when CHECK (((number IS NOT NULL) = (entry IS NOT NULL))),
  constraint ledger_journal_posted_when CHECK (((state = ANY (ARRAY['posted'::text, 'reversed'::text])) = (entry IS NOT NULL))),
  constraint ledger_journal_reversed_when CHECK (((state = 'reversed'::text) = (reversal IS NOT NULL))),
  constraint ledger_journal_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'posted'::text, 'reversed'::text, 'cancelled'::text])))
);
CREATE INDEX ledger_journal_business_day ON public.ledger_journal USING btree (business_day);
CREATE INDEX ledger_journal_created ON public.ledger_journal USING btree (created_at DESC, id DESC);
CREATE INDEX ledger_journal_created_by ON public.ledger_journal USING btree (created_by);
CREATE INDEX ledger_journal_custom ON public.ledger_journal USING gin (custom jsonb_path_ops);
CREATE INDEX ledger_journal_custom_said ON public.ledger_journal USING gin (fold_text(custom_said) gin_trgm_ops);
CREATE INDEX ledger_journal_place ON public.ledger_journal USING btree (place, created_at DESC);
CREATE INDEX ledger_journal_posted_by ON public.ledger_journal USING btree (posted_by);
CREATE INDEX ledger_journal_reversed_by ON public.ledger_journal USING btree (reversed_by);
CREATE INDEX ledger_journal_state ON public.ledger_journal USING btree (state, created_at DESC);

create table ledger_journal_line (
  id uuid not null,
  document uuid not null,
  position integer not null,
  account uuid,
  memo text,
  debit minor,
  credit minor,
  party uuid,
  constraint ledger_journal_line_document_position_key UNIQUE (document, "position") DEFERRABLE INITIALLY DEFERRED,
  constraint ledger_journal_line_pkey PRIMARY KEY (id),
  constraint ledger_journal_line_account_fkey FOREIGN KEY (account) REFERENCES ledger_account(id),
  constraint ledger_journal_line_document_fkey FOREIGN KEY (document) REFERENCES ledger_journal(id),
  constraint ledger_journal_line_party_fkey FOREIGN KEY (party) REFERENCES party(id),
  constraint ledger_journal_line_credit_check CHECK (((credit)::bigint >= 0)),
  constraint ledger_journal_line_debit_check CHECK (((debit)::bigint >= 0))
);
CREATE INDEX ledger_journal_line_account ON public.ledger_journal_line USING btree (account);
CREATE INDEX ledger_journal_line_party ON public.ledger_journal_line USING btree (party) WHERE (party IS NOT NULL);

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
  constraint ledger_line_amount_check CHECK (((amount)::bigint <> 0)),
  constraint ledger_line_ceiling CHECK ((((amount)::bigint >= '-1000000000000000'::bigint) AND ((amount)::bigint <= '1000000000000000'::bigint)))
);
CREATE INDEX ledger_line_account ON public.ledger_line USING btree (account, business_day, id);
CREATE INDEX ledger_line_entry ON public.ledger_line USING btree (entry);
CREATE INDEX ledger_line_party ON public.ledger_line USING btree (party, business_day) WHERE (party IS NOT NULL);

create view ledger_line_list with (security_invoker = true) as
SELECT l.id,
    l.entry,
    e.at,
    l.business_day,
    l.account,
    l.party,
    e.place,
    e.document_kind,
    e.number,
    COALESCE(l.memo, e.memo) AS memo,
    GREATEST((l.amount)::bigint, (0)::bigint) AS debit,
    GREATEST((- (l.amount)::bigint), (0)::bigint) AS credit
   FROM (ledger_line l
     JOIN ledger_entry e ON ((e.id = l.entry)));

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

create table note (
  id uuid not null,
  about_table text not null,
  about uuid not null,
  text sealed,
  mentions uuid[] not null default '{}'::uuid[],
  created_by uuid not null,
  created_at timestamp with time zone not null default now(),
  withdrawn_at timestamp with time zone,
  constraint note_pkey PRIMARY KEY (id),
  constraint note_check CHECK (seals(text, id)),
  constraint note_check1 CHECK (((text IS NULL) = (withdrawn_at IS NOT NULL))),
  constraint note_mentions_check CHECK ((cardinality(mentions) <= 20))
);
CREATE INDEX note_about ON public.note USING btree (about, created_at DESC, id DESC);

create table notice (
  id uuid not null,
  user_id uuid not null,
  kind text not null,
  about_table text,
  about uuid,
  caused_by uuid,
  facts jsonb not null default '{}'::jsonb,
  at timestamp with time zone not null default now(),
  read_at timestamp with time zone,
  mailed_at timestamp with time zone,
  constraint notice_pkey PRIMARY KEY (id),
  constraint notice_check CHECK (((about_table IS NULL) = (about IS NULL))),
  constraint notice_kind_check CHECK ((length(kind) <= 80))
);
CREATE INDEX notice_about ON public.notice USING btree (about) WHERE (about IS NOT NULL);
CREATE INDEX notice_unmailed ON public.notice USING btree (at) WHERE ((read_at IS NULL) AND (mailed_at IS NULL));
CREATE INDEX notice_unread ON public.notice USING btree (user_id, id DESC) WHERE (read_at IS NULL);
CREATE INDEX notice_user ON public.notice USING btree (user_id, id DESC);

create table notice_choice (
  user_id uuid not null,
  kind text not null,
  bell boolean not null default true,
  mail text not null default 'never'::text,
  constraint notice_choice_pkey PRIMARY KEY (user_id, kind),
  constraint notice_choice_kind_check CHECK ((length(kind) <= 80)),
  constraint notice_choice_mail_check CHECK ((mail = ANY (ARRAY['never'::text, 'daily'::text])))
);

create table number_template (
  document text not null,
  template text not null,
  reset smallint not null,
  constraint number_template_pkey PRIMARY KEY (document),
  constraint number_template_reset_check CHECK ((reset = ANY (ARRAY[0, 4, 7, 10]))),
  constraint number_template_template_check CHECK ((template ~ '\{N+\}'::text))
);

create table outside_secret (
  id text not null,
  value text not null,
  set_at timestamp with time zone not null,
  set_by uuid,
  constraint outside_secret_pkey PRIMARY KEY (id),
  constraint outside_secret_id_check CHECK ((id ~ '^\w+\.\w+$'::text))
);

create table outside_test (
  adapter text not null,
  is_working boolean not null,
  said text not null,
  facts jsonb not null,
  tested_at timestamp with time zone not null,
  tested_by uuid,
  constraint outside_test_pkey PRIMARY KEY (adapter)
);

create table paper_print (
  id uuid not null,
  paper uuid not null,
  printed_by uuid,
  printed_at timestamp with time zone not null,
  kind text not null default 'paper'::text,
  constraint paper_print_pkey PRIMARY KEY (id),
  constraint paper_print_kind_check CHECK ((kind = ANY (ARRAY['paper'::text, 'invoice'::text])))
);
CREATE INDEX paper_print_paper ON public.paper_print USING btree (paper, kind, printed_at);

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
  custom jsonb not null default '{}'::jsonb,
  custom_said text not null default ''::text,
  constraint party_pkey PRIMARY KEY (id),
  constraint party_check CHECK (seals(phones, id)),
  constraint party_check1 CHECK (seals(emails, id)),
  constraint party_check2 CHECK (seals(tax_number, id)),
  constraint party_check3 CHECK (seals(address, id)),
  constraint party_check4 CHECK (seals(note, id)),
  constraint party_check5 CHECK (seals(bank_account, id)),
  constraint party_custom_check CHECK ((jsonb_typeof(custom) = 'object'::text)),
  constraint party_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'organization'::text])))
);
CREATE INDEX party_created ON public.party USING btree (created_at, id);
CREATE INDEX party_custom ON public.party USING gin (custom jsonb_path_ops);
CREATE INDEX party_custom_said ON public.party USING gin (fold_text(custom_said) gin_trgm_ops);
CREATE INDEX party_emails ON public.party USING gin (emails_index);
CREATE INDEX party_name ON public.party USING gin (fold_text(name) gin_trgm_ops);
CREATE INDEX party_name_order ON public.party USING btree (name, id);
CREATE INDEX party_named ON public.party USING btree (lower(name));
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
  custom jsonb not null default '{}'::jsonb,
  custom_said text not null default ''::text,
  return_days integer,
  constraint place_code_key UNIQUE (code),
  constraint place_pkey PRIMARY KEY (id),
  constraint place_check CHECK (seals(phone, id)),
  constraint place_code_check CHECK ((code ~ '^[A-Z0-9]{1,8}$'::text)),
  constraint place_custom_check CHECK ((jsonb_typeof(custom) = 'object'::text)),
  constraint place_cut_off_hour_check CHECK (((cut_off_hour >= 0) AND (cut_off_hour <= 12))),
  constraint place_kind_check CHECK ((kind = ANY (ARRAY['store'::text, 'warehouse'::text]))),
  constraint place_return_days_check CHECK (((return_days >= 0) AND (return_days <= 3650)))
);
CREATE INDEX place_custom ON public.place USING gin (custom jsonb_path_ops);
CREATE INDEX place_custom_said ON public.place USING gin (fold_text(custom_said) gin_trgm_ops);

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
    archived_at,
    return_days
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

create table pos_drawer_pulse (
  document uuid not null,
  shift uuid not null,
  cause text not null,
  opened_by uuid,
  at timestamp with time zone not null,
  constraint pos_drawer_pulse_pkey PRIMARY KEY (document),
  constraint pos_drawer_pulse_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES access_user(id),
  constraint pos_drawer_pulse_shift_fkey FOREIGN KEY (shift) REFERENCES pos_shift(id),
  constraint pos_drawer_pulse_cause_check CHECK ((cause = ANY (ARRAY['sale'::text, 'return'::text, 'cash'::text, 'noSale'::text])))
);
CREATE INDEX pos_drawer_pulse_by ON public.pos_drawer_pulse USING btree (opened_by, at);
CREATE INDEX pos_drawer_pulse_shift ON public.pos_drawer_pulse USING btree (shift, at);

create table pos_invoice (
  sale uuid not null,
  letterhead uuid not null,
  buyer uuid,
  issued_at timestamp with time zone not null,
  issued_by uuid not null,
  constraint pos_invoice_pkey PRIMARY KEY (sale),
  constraint pos_invoice_issued_by_fkey FOREIGN KEY (issued_by) REFERENCES access_user(id),
  constraint pos_invoice_sale_fkey FOREIGN KEY (sale) REFERENCES pos_sale(id)
);
CREATE INDEX pos_invoice_issued_by ON public.pos_invoice USING btree (issued_by);

create table pos_no_sale (
  id uuid not null,
  shift uuid not null,
  reason text not null,
  opened_by uuid not null,
  at timestamp with time zone not null,
  constraint pos_no_sale_pkey PRIMARY KEY (id),
  constraint pos_no_sale_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES access_user(id),
  constraint pos_no_sale_shift_fkey FOREIGN KEY (shift) REFERENCES pos_shift(id)
);
CREATE INDEX pos_no_sale_by ON public.pos_no_sale USING btree (opened_by, at);
CREATE INDEX pos_no_sale_shift ON public.pos_no_sale USING btree (shift, at);

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

create table pos_quick_board (
  id uuid not null,
  place uuid not null,
  name text not null,
  position integer not null default 0,
  version integer not null default 1,
  constraint pos_quick_board_name UNIQUE (place, name),
  constraint pos_quick_board_pkey PRIMARY KEY (id),
  constraint pos_quick_board_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint pos_quick_board_name_check CHECK (((length(name) >= 1) AND (length(name) <= 40))),
  constraint pos_quick_board_position_check CHECK (("position" >= 0))
);

create table pos_quick_key (
  board uuid not null,
  position integer not null,
  variant uuid not null,
  label text,
  colour text not null default 'plain'::text,
  constraint pos_quick_key_board_variant_key UNIQUE (board, variant),
  constraint pos_quick_key_pkey PRIMARY KEY (board, "position"),
  constraint pos_quick_key_board_fkey FOREIGN KEY (board) REFERENCES pos_quick_board(id) ON DELETE CASCADE,
  constraint pos_quick_key_variant_fkey FOREIGN KEY (variant) REFERENCES catalog_variant(id),
  constraint pos_quick_key_colour_check CHECK ((colour = ANY (ARRAY['plain'::text, 'teal'::text, 'green'::text, 'amber'::text, 'red'::text]))),
  constraint pos_quick_key_label_check CHECK (((length(label) >= 1) AND (length(label) <= 30))),
  constraint pos_quick_key_position_check CHECK (("position" >= 0))
);
CREATE INDEX pos_quick_key_variant ON public.pos_quick_key USING btree (variant);

create table pos_removal (
  id uuid not null,
  kind text not null,
  basket uuid not null,
  till uuid not null,
  place uuid not null,
  business_day date not null,
  what text not null,
  variant uuid,
  quantity qty,
  worth minor not null,
  removed_by uuid not null,
  at timestamp with time zone not null,
  constraint pos_removal_pkey PRIMARY KEY (id),
  constraint pos_removal_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint pos_removal_removed_by_fkey FOREIGN KEY (removed_by) REFERENCES access_user(id),
  constraint pos_removal_till_fkey FOREIGN KEY (till) REFERENCES pos_till(id),
  constraint pos_removal_variant_fkey FOREIGN KEY (variant) REFERENCES catalog_variant(id),
  constraint pos_removal_kind_check CHECK ((kind = ANY (ARRAY['removed'::text, 'cleared'::text]))),
  constraint pos_removal_quantity_check CHECK (((quantity)::bigint > 0)),
  constraint pos_removal_worth_check CHECK (((worth)::bigint >= 0))
);
CREATE INDEX pos_removal_by ON public.pos_removal USING btree (removed_by, at);
CREATE INDEX pos_removal_day ON public.pos_removal USING btree (business_day, id);
CREATE INDEX pos_removal_place ON public.pos_removal USING btree (place, business_day);
CREATE INDEX pos_removal_till ON public.pos_removal USING btree (till);
CREATE INDEX pos_removal_variant ON public.pos_removal USING btree (variant) WHERE (variant IS NOT NULL);

create view pos_removal_list with (security_invoker = true) as
SELECT r.id,
    r.kind,
    r.at,
    r.business_day,
    r.place,
    r.till,
    r.removed_by,
    r.what,
    r.variant,
    r.quantity,
    r.worth,
    s.id AS sale
   FROM (pos_removal r
     LEFT JOIN pos_sale s ON ((s.id = r.basket)));

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
  letterhead uuid,
  buyer uuid,
  exchanged minor not null default 0,
  constraint pos_sale_number_key UNIQUE (number),
  constraint pos_sale_pkey PRIMARY KEY (id),
  constraint pos_sale_cashier_fkey FOREIGN KEY (cashier) REFERENCES access_user(id),
  constraint pos_sale_customer_fkey FOREIGN KEY (customer) REFERENCES party(id),
  constraint pos_sale_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint pos_sale_shift_fkey FOREIGN KEY (shift) REFERENCES pos_shift(id),
  constraint pos_sale_till_fkey FOREIGN KEY (till) REFERENCES pos_till(id),
  constraint pos_sale_ceiling CHECK (((discount)::bigint <= '10000000000000'::bigint)),
  constraint pos_sale_change_check CHECK (((change)::bigint >= 0)),
  constraint pos_sale_check CHECK (((((net)::bigint + (tax)::bigint) + (rounding)::bigint) = (total)::bigint)),
  constraint pos_sale_check1 CHECK ((((exchanged)::bigint >= 0) AND ((exchanged)::bigint <= (total)::bigint))),
  constraint pos_sale_discount_check CHECK (((discount)::bigint >= 0)),
  constraint pos_sale_state_check CHECK ((state = ANY (ARRAY['completed'::text, 'voided'::text]))),
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

create view pos_sale_category with (security_invoker = true) as
SELECT l.sale,
    v.category
   FROM (pos_sale_line l
     JOIN catalog_variant_fact v ON ((v.id = l.variant)));

create view pos_sale_fact with (security_invoker = true) as
SELECT pos_sale.id,
    pos_sale.place,
    pos_sale.till,
    pos_sale.shift,
    pos_sale.business_day,
    pos_sale.cashier,
    pos_sale.customer,
    pos_sale.completed_at,
    pos_sale.net,
    pos_sale.tax,
    pos_sale.discount,
    pos_sale.rounding,
    pos_sale.total,
    pos_sale.cost,
    false AS is_return
   FROM pos_sale
  WHERE (pos_sale.state = 'completed'::text)
UNION ALL
 SELECT return_fact.id,
    return_fact.place,
    return_fact.desk AS till,
    return_fact.shift,
    return_fact.business_day,
    return_fact.taken_by AS cashier,
    return_fact.customer,
    return_fact.taken_at AS completed_at,
    ((- (return_fact.net)::bigint))::minor AS net,
    ((- (return_fact.tax)::bigint))::minor AS tax,
    ((- (return_fact.discount)::bigint))::minor AS discount,
    ((- (return_fact.rounding)::bigint))::minor AS rounding,
    ((- (return_fact.total)::bigint))::minor AS total,
    ((- (return_fact.cost)::bigint))::minor AS cost,
    true AS is_return
   FROM return_fact;

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
  basket_discount minor not null default 0,
  constraint pos_sale_line_pkey PRIMARY KEY (id),
  constraint pos_sale_line_sale_fkey FOREIGN KEY (sale) REFERENCES pos_sale(id),
  constraint pos_sale_line_variant_fkey FOREIGN KEY (variant) REFERENCES catalog_variant(id),
  constraint pos_sale_line_check CHECK ((((basket_discount)::bigint >= 0) AND ((basket_discount)::bigint <= (discount)::bigint))),
  constraint pos_sale_line_discount_check CHECK (((discount)::bigint >= 0)),
  constraint pos_sale_line_list_price_check CHECK (((list_price)::bigint >= 0)),
  constraint pos_sale_line_price_unit_check CHECK ((price_unit = ANY (ARRAY['1'::text, '100'::text, '1000'::text]))),
  constraint pos_sale_line_quantity_check CHECK (((quantity)::bigint > 0)),
  constraint pos_sale_line_unit_price_check CHECK (((unit_price)::bigint >= 0))
);
CREATE INDEX pos_sale_line_sale ON public.pos_sale_line USING btree (sale);
CREATE INDEX pos_sale_line_variant ON public.pos_sale_line USING btree (variant);

create view pos_sale_line_fact with (security_invoker = true) as
SELECT pos_sale_line.sale,
    pos_sale_line.variant,
    pos_sale_line.name,
    pos_sale_line.quantity,
    pos_sale_line.discount,
    pos_sale_line.net,
    pos_sale_line.tax,
    pos_sale_line.cost,
    pos_sale_line.tax_code,
    pos_sale_line.tax_rate
   FROM pos_sale_line
UNION ALL
 SELECT return_line_fact.return AS sale,
    return_line_fact.variant,
    return_line_fact.name,
    ((- (return_line_fact.quantity)::bigint))::qty AS quantity,
    ((- (return_line_fact.discount)::bigint))::minor AS discount,
    ((- (return_line_fact.net)::bigint))::minor AS net,
    ((- (return_line_fact.tax)::bigint))::minor AS tax,
    ((- (return_line_fact.cost)::bigint))::minor AS cost,
    return_line_fact.tax_code,
    return_line_fact.tax_rate
   FROM return_line_fact;

create view pos_sale_line_list with (security_invoker = true) as
SELECT l.id,
    l.sale,
    NULL::uuid AS return,
    s.completed_at,
    s.business_day,
    s.place,
    s.cashier,
    l.variant,
    l.name,
    l.sku,
    l.quantity,
    l.discount,
    l.net,
    l.tax,
    ((l.net)::bigint + (l.tax)::bigint) AS total,
    l.cost,
    l.tax_code,
    l.tax_rate
   FROM (pos_sale_line l
     JOIN pos_sale s ON ((s.id = l.sale)))
  WHERE (s.state = 'completed'::text)
UNION ALL
 SELECT l.id,
    NULL::uuid AS sale,
    l.return,
    n.taken_at AS completed_at,
    n.business_day,
    n.place,
    n.taken_by AS cashier,
    l.variant,
    l.name,
    l.sku,
    ((- (l.quantity)::bigint))::qty AS quantity,
    ((- (l.discount)::bigint))::minor AS discount,
    ((- (l.net)::bigint))::minor AS net,
    ((- (l.tax)::bigint))::minor AS tax,
    ((- (l.net)::bigint) - (l.tax)::bigint) AS total,
    ((- (l.cost)::bigint))::minor AS cost,
    l.tax_code,
    l.tax_rate
   FROM (return_line_fact l
     JOIN return_fact n ON ((n.id = l.return)));

create view pos_sale_moment with (security_invoker = true) as
SELECT s.id AS sale,
    (EXTRACT(hour FROM (s.completed_at AT TIME ZONE p.time_zone)))::integer AS hour,
    (ARRAY['monday'::text, 'tuesday'::text, 'wednesday'::text, 'thursday'::text, 'friday'::text, 'saturday'::text, 'sunday'::text])[(EXTRACT(isodow FROM s.business_day))::integer] AS weekday
   FROM (pos_sale s
     JOIN place_fact p ON ((p.id = s.place)));

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
  differs boolean not null default (COALESCE((variance)::bigint, (0)::bigint) <> 0),
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
CREATE INDEX pos_shift_differs ON public.pos_shift USING btree (business_day) WHERE differs;
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
  is_void boolean not null default false,
  constraint pos_tender_pkey PRIMARY KEY (id),
  constraint pos_tender_method_fkey FOREIGN KEY (method) REFERENCES payment_method(id),
  constraint pos_tender_sale_fkey FOREIGN KEY (sale) REFERENCES pos_sale(id),
  constraint pos_tender_shift_fkey FOREIGN KEY (shift) REFERENCES pos_shift(id),
  constraint pos_tender_amount_check CHECK (((amount)::bigint >= 0)),
  constraint pos_tender_check CHECK (((given)::bigint >= (amount)::bigint))
);
CREATE INDEX pos_tender_method ON public.pos_tender USING btree (method);
CREATE UNIQUE INDEX pos_tender_reference ON public.pos_tender USING btree (method, reference_key) WHERE ((reference_key IS NOT NULL) AND (NOT is_void));
CREATE INDEX pos_tender_sale ON public.pos_tender USING btree (sale);
CREATE INDEX pos_tender_shift ON public.pos_tender USING btree (shift, method);

create view pos_tender_fact with (security_invoker = true) as
SELECT pos_tender.sale,
    pos_tender.method,
    pos_tender.kind,
    pos_tender.amount
   FROM pos_tender
UNION ALL
 SELECT return_refund_fact.return AS sale,
    return_refund_fact.method,
    return_refund_fact.kind,
    ((- (return_refund_fact.amount)::bigint))::minor AS amount
   FROM return_refund_fact;

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

create table pos_void (
  sale uuid not null,
  shift uuid not null,
  place uuid not null,
  reason text not null,
  voided_by uuid not null,
  agreed_by uuid,
  voided_at timestamp with time zone not null,
  constraint pos_void_pkey PRIMARY KEY (sale),
  constraint pos_void_agreed_by_fkey FOREIGN KEY (agreed_by) REFERENCES access_user(id),
  constraint pos_void_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint pos_void_sale_fkey FOREIGN KEY (sale) REFERENCES pos_sale(id),
  constraint pos_void_shift_fkey FOREIGN KEY (shift) REFERENCES pos_shift(id),
  constraint pos_void_voided_by_fkey FOREIGN KEY (voided_by) REFERENCES access_user(id)
);
CREATE INDEX pos_void_agreed ON public.pos_void USING btree (agreed_by) WHERE (agreed_by IS NOT NULL);
CREATE INDEX pos_void_by ON public.pos_void USING btree (voided_by);
CREATE INDEX pos_void_place ON public.pos_void USING btree (place, voided_at);
CREATE INDEX pos_void_shift ON public.pos_void USING btree (shift);

create table pricing_agreement (
  id uuid not null,
  basket uuid not null,
  desk uuid not null,
  place uuid not null,
  variant uuid not null,
  share rate,
  amount minor,
  unit_price minor,
  quantity qty,
  asked_by uuid not null,
  asked_at timestamp with time zone not null,
  agreed_by uuid not null,
  constraint pricing_agreement_pkey PRIMARY KEY (id),
  constraint pricing_agreement_agreed_by_fkey FOREIGN KEY (agreed_by) REFERENCES access_user(id),
  constraint pricing_agreement_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES access_user(id),
  constraint pricing_agreement_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint pricing_agreement_variant_fkey FOREIGN KEY (variant) REFERENCES catalog_variant(id),
  constraint pricing_agreement_amount_check CHECK (((amount)::bigint >= 0)),
  constraint pricing_agreement_check CHECK (((num_nonnulls(share, amount) = ANY (ARRAY[0, 2])) AND (num_nonnulls(unit_price, quantity) = ANY (ARRAY[0, 2])))),
  constraint pricing_agreement_check1 CHECK ((num_nonnulls(share, unit_price) = 1)),
  constraint pricing_agreement_quantity_check CHECK (((quantity)::bigint > 0)),
  constraint pricing_agreement_unit_price_check CHECK (((unit_price)::bigint >= 0))
);
CREATE INDEX pricing_agreement_agreed_by ON public.pricing_agreement USING btree (agreed_by);
CREATE INDEX pricing_agreement_asked ON public.pricing_agreement USING btree (asked_at);
CREATE INDEX pricing_agreement_basket ON public.pricing_agreement USING btree (basket);
CREATE INDEX pricing_agreement_by ON public.pricing_agreement USING btree (asked_by);
CREATE INDEX pricing_agreement_place ON public.pricing_agreement USING btree (place);
CREATE INDEX pricing_agreement_variant ON public.pricing_agreement USING btree (variant);

create table promotion (
  id uuid not null,
  name text not null,
  kind text not null,
  state text not null default 'draft'::text,
  rate rate,
  amount minor,
  at_least minor,
  buys integer,
  gives integer,
  place uuid,
  customer_group text,
  valid_from date,
  valid_to date,
  weekdays text[] not null default '{}'::text[],
  hour_from text,
  hour_to text,
  coupons text not null default 'none'::text,
  word text,
  limit_total integer,
  limit_each integer,
  budget minor,
  floor minor,
  priority integer not null default 0,
  is_exclusive boolean not null default true,
  note text,
  created_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint promotion_pkey PRIMARY KEY (id),
  constraint promotion_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint promotion_amount_check CHECK (((amount)::bigint > 0)),
  constraint promotion_at_least_check CHECK (((at_least)::bigint > 0)),
  constraint promotion_budget_check CHECK (((budget)::bigint > 0)),
  constraint promotion_buys_check CHECK ((buys > 0)),
  constraint promotion_check CHECK ((valid_to >= valid_from)),
  constraint promotion_check1 CHECK (((((hour_from IS NULL) = (hour_to IS NULL)) AND (hour_from IS DISTINCT FROM hour_to)) OR ((hour_from IS NULL) AND (hour_to IS NULL)))),
  constraint promotion_check2 CHECK (((coupons = 'word'::text) = (word IS NOT NULL))),
  constraint promotion_coupons_check CHECK ((coupons = ANY (ARRAY['none'::text, 'word'::text, 'codes'::text]))),
  constraint promotion_floor_check CHECK (((floor)::bigint > 0)),
  constraint promotion_gives_check CHECK ((gives > 0)),
  constraint promotion_hour_from_check CHECK ((hour_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
  constraint promotion_hour_to_check CHECK ((hour_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
  constraint promotion_kind_check CHECK ((kind = ANY (ARRAY['percentage'::text, 'amount'::text, 'fixedPrice'::text, 'buyGet'::text, 'anyFor'::text, 'bundle'::text, 'spend'::text]))),
  constraint promotion_limit_each_check CHECK ((limit_each > 0)),
  constraint promotion_limit_total_check CHECK ((limit_total > 0)),
  constraint promotion_rate_check CHECK ((((rate)::bigint >= 0) AND ((rate)::bigint <= 1000000))),
  constraint promotion_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'scheduled'::text, 'running'::text, 'paused'::text, 'ended'::text])))
);
CREATE INDEX promotion_created ON public.promotion USING btree (created_at, id);
CREATE INDEX promotion_name ON public.promotion USING gin (fold_text(name) gin_trgm_ops);
CREATE INDEX promotion_place ON public.promotion USING btree (place);
CREATE INDEX promotion_state ON public.promotion USING btree (state, valid_to);
CREATE UNIQUE INDEX promotion_word ON public.promotion USING btree (word) WHERE (state <> 'ended'::text);

create table promotion_counter (
  promotion uuid not null,
  customer uuid,
  used integer not null,
  given minor not null,
  most integer,
  budget minor,
  constraint promotion_counter_promotion_customer_key UNIQUE NULLS NOT DISTINCT (promotion, customer),
  constraint promotion_counter_customer_fkey FOREIGN KEY (customer) REFERENCES party(id),
  constraint promotion_counter_promotion_fkey FOREIGN KEY (promotion) REFERENCES promotion(id),
  constraint promotion_counter_given_check CHECK (((given)::bigint >= 0)),
  constraint promotion_counter_left CHECK (((used <= most) AND ((given)::bigint <= (budget)::bigint))),
  constraint promotion_counter_used_check CHECK ((used >= 0))
);
CREATE INDEX promotion_counter_customer ON public.promotion_counter USING btree (customer) WHERE (customer IS NOT NULL);

create table promotion_coupon (
  id uuid not null,
  promotion uuid not null,
  code text not null,
  made_at timestamp with time zone not null default now(),
  used_at timestamp with time zone,
  used_in uuid,
  used_number text,
  constraint promotion_coupon_code_key UNIQUE (code),
  constraint promotion_coupon_pkey PRIMARY KEY (id),
  constraint promotion_coupon_promotion_fkey FOREIGN KEY (promotion) REFERENCES promotion(id),
  constraint promotion_coupon_check CHECK (((used_in IS NULL) = (used_at IS NULL))),
  constraint promotion_coupon_code_check CHECK ((code ~ '^[2-9A-HJKMNP-Z]{8}$'::text))
);
CREATE INDEX promotion_coupon_code ON public.promotion_coupon USING gin (fold_text(code) gin_trgm_ops);
CREATE INDEX promotion_coupon_promotion ON public.promotion_coupon USING btree (promotion, id);
CREATE INDEX promotion_coupon_used ON public.promotion_coupon USING btree (used_in) WHERE (used_in IS NOT NULL);

create table promotion_target (
  id uuid not null,
  document uuid not null,
  position integer not null,
  role text not null default 'buy'::text,
  category uuid,
  product uuid,
  variant uuid,
  count integer not null default 1,
  constraint promotion_target_document_position_key UNIQUE (document, "position") DEFERRABLE INITIALLY DEFERRED,
  constraint promotion_target_pkey PRIMARY KEY (id),
  constraint promotion_target_category_fkey FOREIGN KEY (category) REFERENCES catalog_category(id),
  constraint promotion_target_document_fkey FOREIGN KEY (document) REFERENCES promotion(id),
  constraint promotion_target_product_fkey FOREIGN KEY (product) REFERENCES catalog_product(id),
  constraint promotion_target_variant_fkey FOREIGN KEY (variant) REFERENCES catalog_variant(id),
  constraint promotion_target_check CHECK ((num_nonnulls(category, product, variant) = 1)),
  constraint promotion_target_count_check CHECK ((count > 0)),
  constraint promotion_target_role_check CHECK ((role = ANY (ARRAY['buy'::text, 'get'::text])))
);
CREATE INDEX promotion_target_category ON public.promotion_target USING btree (category);
CREATE INDEX promotion_target_product ON public.promotion_target USING btree (product);
CREATE INDEX promotion_target_variant ON public.promotion_target USING btree (variant);

create table promotion_use (
  id uuid not null,
  promotion uuid not null,
  rule_version integer not null,
  document_kind text not null,
  document uuid not null,
  number text not null,
  place uuid not null,
  customer uuid,
  coupon uuid,
  amount minor not null,
  back_of uuid,
  used_at timestamp with time zone not null,
  constraint promotion_use_back_of_key UNIQUE (back_of),
  constraint promotion_use_pkey PRIMARY KEY (id),
  constraint promotion_use_back_of_fkey FOREIGN KEY (back_of) REFERENCES promotion_use(id),
  constraint promotion_use_coupon_fkey FOREIGN KEY (coupon) REFERENCES promotion_coupon(id),
  constraint promotion_use_customer_fkey FOREIGN KEY (customer) REFERENCES party(id),
  constraint promotion_use_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint promotion_use_promotion_fkey FOREIGN KEY (promotion) REFERENCES promotion(id),
  constraint promotion_use_check CHECK ((((back_of IS NULL) AND ((amount)::bigint > 0)) OR ((back_of IS NOT NULL) AND ((amount)::bigint < 0))))
);
CREATE INDEX promotion_use_at ON public.promotion_use USING btree (used_at, id);
CREATE INDEX promotion_use_coupon ON public.promotion_use USING btree (coupon) WHERE (coupon IS NOT NULL);
CREATE INDEX promotion_use_customer ON public.promotion_use USING btree (customer) WHERE (customer IS NOT NULL);
CREATE UNIQUE INDEX promotion_use_document ON public.promotion_use USING btree (document, promotion) WHERE (back_of IS NULL);
CREATE INDEX promotion_use_number ON public.promotion_use USING gin (fold_text(number) gin_trgm_ops);
CREATE INDEX promotion_use_place ON public.promotion_use USING btree (place, used_at);
CREATE INDEX promotion_use_promotion ON public.promotion_use USING btree (promotion, used_at, id);

create view promotion_use_fact with (security_invoker = true) as
SELECT id,
    promotion,
    rule_version,
    document_kind,
    document,
    number,
    place,
    customer,
    coupon,
    amount,
    back_of,
    used_at
   FROM promotion_use;

create table return_counter (
  line uuid not null,
  sold qty not null,
  gone qty not null default 0,
  total minor not null default 0,
  tax minor not null default 0,
  discount minor not null default 0,
  cost minor not null default 0,
  constraint return_counter_pkey PRIMARY KEY (line),
  constraint return_counter_left CHECK ((((gone)::bigint >= 0) AND ((gone)::bigint <= (sold)::bigint))),
  constraint return_counter_sold_check CHECK (((sold)::bigint > 0))
);

create view return_fact with (security_invoker = true) as
SELECT id,
    number,
    sold_kind,
    sold,
    exchange,
    place,
    desk,
    shift,
    business_day,
    customer,
    taken_by,
    taken_by_name,
    taken_at,
    reason,
    net,
    tax,
    discount,
    rounding,
    total,
    exchanged,
    refunded,
    cost
   FROM return_note;

create table return_line (
  id uuid not null,
  return uuid not null,
  position integer not null,
  sold_line uuid,
  variant uuid not null,
  name text not null,
  sku text not null,
  quantity qty not null,
  unit text,
  disposition text not null,
  tax_code text not null,
  tax_rate rate not null,
  discount minor not null default 0,
  net minor not null,
  tax minor not null,
  cost minor not null,
  constraint return_line_pkey PRIMARY KEY (id),
  constraint return_line_return_fkey FOREIGN KEY (return) REFERENCES return_note(id),
  constraint return_line_variant_fkey FOREIGN KEY (variant) REFERENCES catalog_variant(id),
  constraint return_line_disposition_check CHECK ((disposition = ANY (ARRAY['shelf'::text, 'quarantine'::text, 'repair'::text, 'scrap'::text]))),
  constraint return_line_quantity_check CHECK (((quantity)::bigint > 0))
);
CREATE INDEX return_line_return ON public.return_line USING btree (return);
CREATE INDEX return_line_variant ON public.return_line USING btree (variant);

create view return_line_fact with (security_invoker = true) as
SELECT id,
    return,
    sold_line,
    variant,
    name,
    sku,
    quantity,
    disposition,
    discount,
    net,
    tax,
    cost,
    tax_code,
    tax_rate
   FROM return_line;

create table return_note (
  id uuid not null,
  number text not null,
  sold_kind text,
  sold uuid,
  sold_number text,
  exchange uuid,
  place uuid not null,
  desk uuid,
  shift uuid,
  business_day date not null,
  customer uuid,
  reason text not null,
  note text,
  net minor not null,
  tax minor not null,
  discount minor not null default 0,
  rounding minor not null default 0,
  total minor not null,
  exchanged minor not null default 0,
  refunded minor not null,
  cost minor not null,
  taken_by uuid not null,
  taken_by_name text not null,
  agreed_by uuid,
  taken_at timestamp with time zone not null,
  letterhead uuid,
  buyer uuid,
  constraint return_note_number_key UNIQUE (number),
  constraint return_note_pkey PRIMARY KEY (id),
  constraint return_note_agreed_by_fkey FOREIGN KEY (agreed_by) REFERENCES access_user(id),
  constraint return_note_customer_fkey FOREIGN KEY (customer) REFERENCES party(id),
  constraint return_note_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint return_note_taken_by_fkey FOREIGN KEY (taken_by) REFERENCES access_user(id),
  constraint return_note_check CHECK (((((net)::bigint + (tax)::bigint) + (rounding)::bigint) = (total)::bigint)),
  constraint return_note_check1 CHECK ((((exchanged)::bigint + (refunded)::bigint) = (total)::bigint)),
  constraint return_note_check2 CHECK (((sold_kind IS NULL) = (sold IS NULL))),
  constraint return_note_discount_check CHECK (((discount)::bigint >= 0)),
  constraint return_note_exchanged_check CHECK (((exchanged)::bigint >= 0)),
  constraint return_note_reason_check CHECK ((reason = ANY (ARRAY['defective'::text, 'damaged'::text, 'wrong'::text, 'size'::text, 'unwanted'::text, 'expired'::text, 'other'::text]))),
  constraint return_note_refunded_check CHECK (((refunded)::bigint >= 0)),
  constraint return_note_tax_check CHECK (((tax)::bigint >= 0)),
  constraint return_note_total_check CHECK (((total)::bigint >= 0))
);
CREATE INDEX return_note_agreed ON public.return_note USING btree (agreed_by) WHERE (agreed_by IS NOT NULL);
CREATE INDEX return_note_by ON public.return_note USING btree (taken_by, taken_at);
CREATE INDEX return_note_customer ON public.return_note USING btree (customer, taken_at) WHERE (customer IS NOT NULL);
CREATE INDEX return_note_day ON public.return_note USING btree (business_day, taken_at, id);
CREATE INDEX return_note_exchange ON public.return_note USING btree (exchange) WHERE (exchange IS NOT NULL);
CREATE INDEX return_note_number ON public.return_note USING gin (fold_text(number) gin_trgm_ops);
CREATE INDEX return_note_place ON public.return_note USING btree (place, business_day);
CREATE INDEX return_note_shift ON public.return_note USING btree (shift) WHERE (shift IS NOT NULL);
CREATE INDEX return_note_sold ON public.return_note USING btree (sold) WHERE (sold IS NOT NULL);
CREATE INDEX return_note_sold_number ON public.return_note USING gin (fold_text(sold_number) gin_trgm_ops);
CREATE INDEX return_note_taken ON public.return_note USING btree (taken_at, id);

create table return_refund (
  id uuid not null,
  return uuid not null,
  tender uuid,
  method uuid not null,
  kind text not null,
  name text not null,
  amount minor not null,
  reference text,
  constraint return_refund_pkey PRIMARY KEY (id),
  constraint return_refund_method_fkey FOREIGN KEY (method) REFERENCES payment_method(id),
  constraint return_refund_return_fkey FOREIGN KEY (return) REFERENCES return_note(id),
  constraint return_refund_amount_check CHECK (((amount)::bigint > 0))
);
CREATE INDEX return_refund_method ON public.return_refund USING btree (method);
CREATE INDEX return_refund_return ON public.return_refund USING btree (return);
CREATE INDEX return_refund_tender ON public.return_refund USING btree (tender) WHERE (tender IS NOT NULL);

create view return_refund_fact with (security_invoker = true) as
SELECT return,
    tender,
    method,
    kind,
    amount
   FROM return_refund;

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

create table scheduled_work (
  name text not null,
  rule text not null,
  next_at timestamp with time zone not null,
  asked_at timestamp with time zone,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  result text,
  error text,
  constraint scheduled_work_pkey PRIMARY KEY (name),
  constraint scheduled_work_check CHECK (((result IS NULL) = (ended_at IS NULL))),
  constraint scheduled_work_check1 CHECK (((error IS NOT NULL) = (NOT (result IS DISTINCT FROM 'failed'::text)))),
  constraint scheduled_work_result_check CHECK ((result = ANY (ARRAY['ok'::text, 'failed'::text])))
);
CREATE INDEX scheduled_work_next ON public.scheduled_work USING btree (next_at);

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

create table sourcing_bill (
  id uuid not null,
  purchase uuid not null,
  supplier uuid not null,
  number text not null,
  dated date not null,
  due_on date,
  net minor not null,
  tax minor not null,
  business_day date not null,
  entered_by uuid not null,
  entered_at timestamp with time zone not null,
  again integer not null default 0,
  constraint sourcing_bill_once UNIQUE (supplier, number, again),
  constraint sourcing_bill_pkey PRIMARY KEY (id),
  constraint sourcing_bill_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES access_user(id),
  constraint sourcing_bill_purchase_fkey FOREIGN KEY (purchase) REFERENCES sourcing_purchase(id),
  constraint sourcing_bill_supplier_fkey FOREIGN KEY (supplier) REFERENCES party(id),
  constraint sourcing_bill_again_check CHECK ((again >= 0)),
  constraint sourcing_bill_net_check CHECK (((net)::bigint >= 0)),
  constraint sourcing_bill_tax_check CHECK (((tax)::bigint >= 0))
);
CREATE INDEX sourcing_bill_entered_by ON public.sourcing_bill USING btree (entered_by);
CREATE INDEX sourcing_bill_purchase ON public.sourcing_bill USING btree (purchase);

create table sourcing_bill_reversal (
  bill uuid not null,
  reason text not null,
  business_day date not null,
  reversed_by uuid not null,
  reversed_at timestamp with time zone not null,
  constraint sourcing_bill_reversal_pkey PRIMARY KEY (bill),
  constraint sourcing_bill_reversal_bill_fkey FOREIGN KEY (bill) REFERENCES sourcing_bill(id),
  constraint sourcing_bill_reversal_reversed_by_fkey FOREIGN KEY (reversed_by) REFERENCES access_user(id)
);
CREATE INDEX sourcing_bill_reversal_by ON public.sourcing_bill_reversal USING btree (reversed_by);

create table sourcing_offer (
  id uuid not null,
  supplier uuid not null,
  variant uuid not null,
  code text,
  price minor,
  pack qty,
  least qty,
  lead_days integer,
  version integer not null default 1,
  archived_at timestamp with time zone,
  constraint sourcing_offer_supplier_variant_key UNIQUE (supplier, variant),
  constraint sourcing_offer_pkey PRIMARY KEY (id),
  constraint sourcing_offer_supplier_fkey FOREIGN KEY (supplier) REFERENCES party(id),
  constraint sourcing_offer_variant_fkey FOREIGN KEY (variant) REFERENCES catalog_variant(id),
  constraint sourcing_offer_lead_days_check CHECK (((lead_days >= 0) AND (lead_days <= 365))),
  constraint sourcing_offer_least_check CHECK ((("least")::bigint > 0)),
  constraint sourcing_offer_pack_check CHECK (((pack)::bigint > 0)),
  constraint sourcing_offer_price_check CHECK (((price)::bigint >= 0))
);
CREATE INDEX sourcing_offer_variant ON public.sourcing_offer USING btree (variant);

create view sourcing_offered with (security_invoker = true) as
SELECT variant,
    supplier
   FROM sourcing_offer
  WHERE (archived_at IS NULL);

create table sourcing_purchase (
  id uuid not null,
  number text not null,
  state text not null default 'draft'::text,
  place uuid not null,
  location uuid not null,
  supplier uuid not null,
  expected_on date,
  reference text,
  tolerance rate not null default 50000,
  note text,
  business_day date not null,
  net minor not null default 0,
  tax minor not null default 0,
  total minor not null default 0,
  created_by uuid not null,
  created_at timestamp with time zone not null default now(),
  submitted_at timestamp with time zone,
  decided_by uuid,
  decided_at timestamp with time zone,
  closed_at timestamp with time zone,
  reason text,
  letterhead uuid,
  partner uuid,
  version integer not null default 1,
  custom jsonb not null default '{}'::jsonb,
  custom_said text not null default ''::text,
  constraint sourcing_purchase_number_key UNIQUE (number),
  constraint sourcing_purchase_pkey PRIMARY KEY (id),
  constraint sourcing_purchase_created_by_fkey FOREIGN KEY (created_by) REFERENCES access_user(id),
  constraint sourcing_purchase_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES access_user(id),
  constraint sourcing_purchase_location_fkey FOREIGN KEY (location) REFERENCES inventory_location(id),
  constraint sourcing_purchase_place_fkey FOREIGN KEY (place) REFERENCES place(id),
  constraint sourcing_purchase_supplier_fkey FOREIGN KEY (supplier) REFERENCES party(id),
  constraint sourcing_purchase_adds_up CHECK (((total)::bigint = ((net)::bigint + (tax)::bigint))),
  constraint sourcing_purchase_approved_when CHECK (((state <> ALL (ARRAY['approved'::text, 'partlyReceived'::text, 'received'::text])) OR (decided_at IS NOT NULL))),
  constraint sourcing_purchase_custom_check CHECK ((jsonb_typeof(custom) = 'object'::text)),
  constraint sourcing_purchase_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'approved'::text, 'partlyReceived'::text, 'received'::text, 'closed'::text, 'cancelled'::text]))),
  constraint sourcing_purchase_tolerance_check CHECK ((((tolerance)::bigint >= 0) AND ((tolerance)::bigint <= 1000000)))
);
CREATE INDEX sourcing_purchase_created ON public.sourcing_purchase USING btree (created_at DESC, id DESC);
CREATE INDEX sourcing_purchase_created_by ON public.sourcing_purchase USING btree (created_by);
CREATE INDEX sourcing_purchase_custom ON public.sourcing_purchase USING gin (custom jsonb_path_ops);
CREATE INDEX sourcing_purchase_custom_said ON public.sourcing_purchase USING gin (fold_text(custom_said) gin_trgm_ops);
CREATE INDEX sourcing_purchase_decided_by ON public.sourcing_purchase USING btree (decided_by);
CREATE INDEX sourcing_purchase_location ON public.sourcing_purchase USING btree (location);
CREATE INDEX sourcing_purchase_open ON public.sourcing_purchase USING btree (expected_on, id) WHERE (state = ANY (ARRAY['approved'::text, 'partlyReceived'::text]));
CREATE INDEX sourcing_purchase_place ON public.sourcing_purchase USING btree (place, created_at DESC);
CREATE INDEX sourcing_purchase_state ON public.sourcing_purchase USING btree (state);
CREATE INDEX sourcing_purchase_supplier ON public.sourcing_purchase USING btree (supplier, created_at DESC);

create table sourcing_purchase_line (
  id uuid not null,
  document uuid not null,
  position integer not null,
  variant uuid not null,
  name text not null,
  code text,
  quantity qty not null,
  price minor not null,
  price_unit text not null default '1'::text,
  tax_rate rate not null default 0,
  net minor not null default 0,
  tax minor not null default 0,
  received qty not null default 0,
  damaged qty not null default 0,
  constraint sourcing_purchase_line_document_position_key UNIQUE (document, "position") DEFERRABLE INITIALLY DEFERRED,
  constraint sourcing_purchase_line_pkey PRIMARY KEY (id),
  constraint sourcing_purchase_line_document_fkey FOREIGN KEY (document) REFERENCES sourcing_purchase(id),
  constraint sourcing_purchase_line_variant_fkey FOREIGN KEY (variant) REFERENCES catalog_variant(id),
  constraint sourcing_purchase_line_damaged_check CHECK (((damaged)::bigint >= 0)),
  constraint sourcing_purchase_line_price_check CHECK (((price)::bigint >= 0)),
  constraint sourcing_purchase_line_price_unit_check CHECK ((price_unit = ANY (ARRAY['1'::text, '100'::text, '1000'::text]))),
  constraint sourcing_purchase_line_quantity_check CHECK (((quantity)::bigint > 0)),
  constraint sourcing_purchase_line_received_check CHECK (((received)::bigint >= 0)),
  constraint sourcing_purchase_line_tax_rate_check CHECK ((((tax_rate)::bigint >= 0) AND ((tax_rate)::bigint <= 1000000)))
);
CREATE INDEX sourcing_purchase_line_variant ON public.sourcing_purchase_line USING btree (variant);

create table sourcing_receipt (
  id uuid not null,
  purchase uuid not null,
  paper uuid not null,
  is_damaged boolean not null default false,
  delivery_note text,
  received_by uuid not null,
  received_at timestamp with time zone not null,
  constraint sourcing_receipt_pkey PRIMARY KEY (id),
  constraint sourcing_receipt_paper_fkey FOREIGN KEY (paper) REFERENCES inventory_document(id),
  constraint sourcing_receipt_purchase_fkey FOREIGN KEY (purchase) REFERENCES sourcing_purchase(id),
  constraint sourcing_receipt_received_by_fkey FOREIGN KEY (received_by) REFERENCES access_user(id)
);
CREATE INDEX sourcing_receipt_paper ON public.sourcing_receipt USING btree (paper);
CREATE INDEX sourcing_receipt_purchase ON public.sourcing_receipt USING btree (purchase);
CREATE INDEX sourcing_receipt_received_by ON public.sourcing_receipt USING btree (received_by);

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

CREATE OR REPLACE FUNCTION public.inventory_document_final()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a paper that was posted stays as it was issued' using errcode = '23514', constraint = 'inventory_document_final';
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

CREATE OR REPLACE FUNCTION public.inventory_document_line_final()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from inventory_document where id = old.document and state <> 'draft') then
    raise exception 'a paper that was posted stays as it was issued' using errcode = '23514', constraint = 'inventory_document_final';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $function$;

CREATE OR REPLACE FUNCTION public.inventory_keep_place()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from inventory_balance b join inventory_location l on l.id = b.location
    where l.place = new.id and (b.on_hand <> 0 or b.reserved <> 0)) then
    raise exception 'goods lie here' using errcode = 'check_violation', constraint = 'inventory_balance_here';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.inventory_line_issue()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  select v.name, v.sku, v.price_unit, v.unit into new.name, new.sku, new.price_unit, new.unit
  from catalog_variant_fact v where v.id = new.variant;
  if not found then
    raise foreign_key_violation using message = 'there is no such article', constraint = 'inventory_document_line_variant_fkey';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.inventory_pair(one uuid, other uuid)
 RETURNS uuid
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (OVERLAY(OVERLAY(md5(((one)::text || (other)::text)) PLACING '8'::text FROM 13) PLACING '8'::text FROM 17))::uuid;

CREATE OR REPLACE FUNCTION public.inventory_transfer_issue()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.letterhead := place_letterhead_now(new.from_place);
  new.as_issued := (select jsonb_object_agg(e.id, e.name) from (
    select id, name from place_fact where id in (new.from_place, new.place)
    union all select id, name from inventory_location where id in (new.location, new.to_location)) e);
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
  new.reference_key := nullif(regexp_replace(
    translate(upper(normalize(new.reference, NFKC)), 'АВЕКМНОРСТУХІЈЅ', 'ABEKMHOPCTYXIJS'), '[^[:alnum:]]', '', 'g'), '');
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

CREATE OR REPLACE FUNCTION public.rename_series(old text, new text)
 RETURNS void
 LANGUAGE sql
AS $function$
  update series set document = new where document = old;
  update number_template set document = new where document = old;
$function$;

CREATE OR REPLACE FUNCTION public.return_issue()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.letterhead := place_letterhead_now(new.place);
  new.buyer := party_on_paper_now(new.customer, false);
  return new;
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
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.analytics_report_mailing FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.analytics_report_mailing FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
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
CREATE TRIGGER inventory_document_final BEFORE DELETE OR UPDATE ON public.inventory_document FOR EACH ROW WHEN ((old.state <> 'draft'::text)) EXECUTE FUNCTION inventory_document_final();
CREATE TRIGGER inventory_document_issue BEFORE INSERT ON public.inventory_document FOR EACH ROW WHEN ((new.posted_at IS NOT NULL)) EXECUTE FUNCTION inventory_document_issue();
CREATE TRIGGER inventory_document_issue_later BEFORE UPDATE ON public.inventory_document FOR EACH ROW WHEN (((old.posted_at IS NULL) AND (new.posted_at IS NOT NULL))) EXECUTE FUNCTION inventory_document_issue();
CREATE TRIGGER inventory_document_line_final BEFORE DELETE OR UPDATE ON public.inventory_document_line FOR EACH ROW EXECUTE FUNCTION inventory_document_line_final();
CREATE TRIGGER inventory_line_issue BEFORE INSERT OR UPDATE ON public.inventory_document_line FOR EACH ROW EXECUTE FUNCTION inventory_line_issue();
CREATE TRIGGER pos_keep_location BEFORE UPDATE OF archived_at ON public.inventory_location FOR EACH ROW WHEN (((old.archived_at IS NULL) AND (new.archived_at IS NOT NULL))) EXECUTE FUNCTION pos_keep_location();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.inventory_move FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.inventory_move FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.inventory_stock_count_tally FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.inventory_stock_count_tally FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER inventory_transfer_issue BEFORE INSERT OR UPDATE ON public.inventory_transfer FOR EACH ROW WHEN (((new.dispatched_at IS NOT NULL) AND (new.letterhead IS NULL))) EXECUTE FUNCTION inventory_transfer_issue();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.inventory_transfer_receipt FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.inventory_transfer_receipt FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
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
CREATE TRIGGER stock_keeps_place BEFORE UPDATE OF archived_at ON public.place FOR EACH ROW WHEN (((old.archived_at IS NULL) AND (new.archived_at IS NOT NULL))) EXECUTE FUNCTION inventory_keep_place();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OF id, place, since, company, name, address, tax_number, receipt_note, time_zone ON public.place_letterhead FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.place_letterhead FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.pos_cash_move FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.pos_cash_move FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.pos_drawer_pulse FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.pos_drawer_pulse FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.pos_invoice FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.pos_invoice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.pos_no_sale FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.pos_no_sale FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.pos_removal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.pos_removal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OF id, number, till, place, shift, business_day, cashier, cashier_name, customer, prices_include_tax, net, tax, discount, rounding, total, cost, change, note, completed_at, letterhead, buyer, exchanged ON public.pos_sale FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.pos_sale FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER pos_sale_issue BEFORE INSERT ON public.pos_sale FOR EACH ROW EXECUTE FUNCTION pos_sale_issue();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.pos_sale_line FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.pos_sale_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER pos_shift_final BEFORE DELETE OR UPDATE ON public.pos_shift FOR EACH ROW WHEN ((old.state = 'closed'::text)) EXECUTE FUNCTION pos_shift_final();
CREATE TRIGGER pos_shift_issue BEFORE UPDATE ON public.pos_shift FOR EACH ROW WHEN (((old.state = 'open'::text) AND (new.state = 'closed'::text))) EXECUTE FUNCTION pos_shift_issue();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OF id, sale, shift, method, kind, amount, given, reference, reference_key, name ON public.pos_tender FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.pos_tender FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER pos_key_reference BEFORE INSERT ON public.pos_tender FOR EACH ROW WHEN (((new.kind = ANY (ARRAY['mobile'::text, 'bank'::text])) AND (new.reference IS NOT NULL))) EXECUTE FUNCTION pos_key_reference();
CREATE TRIGGER pos_tender_issue BEFORE INSERT ON public.pos_tender FOR EACH ROW EXECUTE FUNCTION pos_tender_issue();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.pos_void FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.pos_void FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.promotion_use FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.promotion_use FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.return_line FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.return_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.return_note FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.return_note FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER return_issue BEFORE INSERT ON public.return_note FOR EACH ROW EXECUTE FUNCTION return_issue();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.return_refund FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.return_refund FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER place_keep_letterheads AFTER INSERT OR UPDATE ON public.setting FOR EACH ROW WHEN ((new.name = 'company'::text)) EXECUTE FUNCTION place_keep_letterheads();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.sourcing_bill FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.sourcing_bill FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.sourcing_bill_reversal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.sourcing_bill_reversal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.sourcing_receipt FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.sourcing_receipt FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
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
alter table analytics_day_line enable row level security;
alter table analytics_day_method enable row level security;
alter table analytics_day_sale enable row level security;
alter table analytics_report_mailing enable row level security;
alter table analytics_report_plan enable row level security;
alter table analytics_summed enable row level security;
alter table assignment enable row level security;
alter table audit_change enable row level security;
alter table audit_entry enable row level security;
alter table audit_leaf enable row level security;
alter table audit_seal enable row level security;
alter table comms_message enable row level security;
alter table comms_template enable row level security;
alter table data_key enable row level security;
alter table event enable row level security;
alter table follow enable row level security;
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
alter table inventory_stock_count enable row level security;
alter table inventory_stock_count_line enable row level security;
alter table inventory_stock_count_tally enable row level security;
alter table inventory_transfer enable row level security;
alter table inventory_transfer_line enable row level security;
alter table inventory_transfer_receipt enable row level security;
alter table ledger_account enable row level security;
alter table ledger_balance enable row level security;
alter table ledger_entry enable row level security;
alter table ledger_journal enable row level security;
alter table ledger_journal_line enable row level security;
alter table ledger_line enable row level security;
alter table ledger_period enable row level security;
alter table legal_hold enable row level security;
alter table migration enable row level security;
alter table note enable row level security;
alter table notice enable row level security;
alter table notice_choice enable row level security;
alter table number_template enable row level security;
alter table outside_secret enable row level security;
alter table outside_test enable row level security;
alter table paper_print enable row level security;
alter table party enable row level security;
alter table party_on_paper enable row level security;
alter table place_letterhead enable row level security;
alter table pos_cash_move enable row level security;
alter table pos_drawer_pulse enable row level security;
alter table pos_invoice enable row level security;
alter table pos_no_sale enable row level security;
alter table pos_parked enable row level security;
alter table pos_quick_board enable row level security;
alter table pos_quick_key enable row level security;
alter table pos_removal enable row level security;
alter table pos_sale enable row level security;
alter table pos_sale_line enable row level security;
alter table pos_shift enable row level security;
alter table pos_tender enable row level security;
alter table pos_till enable row level security;
alter table pos_void enable row level security;
alter table pricing_agreement enable row level security;
alter table promotion enable row level security;
alter table promotion_counter enable row level security;
alter table promotion_coupon enable row level security;
alter table promotion_target enable row level security;
alter table promotion_use enable row level security;
alter table return_counter enable row level security;
alter table return_line enable row level security;
alter table return_note enable row level security;
alter table return_refund enable row level security;
alter table scheduled_work enable row level security;
alter table series enable row level security;
alter table sourcing_bill enable row level security;
alter table sourcing_bill_reversal enable row level security;
alter table sourcing_offer enable row level security;
alter table sourcing_purchase enable row level security;
alter table sourcing_purchase_line enable row level security;
alter table sourcing_receipt enable row level security;
create policy sellers on inventory_balance for select to duka_outsider using ((owner = ANY (( SELECT duka_sellers() AS duka_sellers)::uuid[])));
create policy sellers on inventory_move for select to duka_outsider using ((owner = ANY (( SELECT duka_sellers() AS duka_sellers)::uuid[])));
create policy sellers on inventory_reservation for select to duka_outsider using ((owner = ANY (( SELECT duka_sellers() AS duka_sellers)::uuid[])));
create policy sellers on party for select to duka_outsider using ((id = ANY (( SELECT duka_sellers() AS duka_sellers)::uuid[])));
