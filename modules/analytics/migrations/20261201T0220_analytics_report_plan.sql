-- A report that is mailed by the clock.
create table analytics_report_plan (
  id          uuid primary key,
  name        text not null check (length(name) between 1 and 100),
  report      text not null check (report in (
    'salesByDay', 'salesByArticle', 'salesByCategory', 'salesByCashier', 'salesByStore', 'salesByHour', 'salesByMethod', 'taxes',
    'stockValue', 'profitAndLoss', 'balanceSheet'
  )),
  period      text not null check (period in ('yesterday', 'lastWeek', 'lastMonth', 'thisMonth')),
  compare     text not null default 'none' check (compare in ('none', 'before', 'yearBefore')),
  place       uuid references place,
  frequency   text not null check (frequency in ('daily', 'weekly', 'monthly')),
  weekday     text check (weekday in ('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')),
  hour        integer not null check (hour between 0 and 23),
  attached    text not null default 'pdf' check (attached in ('pdf', 'xlsx', 'both')),
  receivers   text[] not null check (cardinality(receivers) between 1 and 50),
  state       text not null default 'active' check (state in ('active', 'paused', 'ended')),
  created_by  uuid not null references access_user,
  created_at  timestamptz not null default now(),
  next_at     timestamptz not null,
  last_at     timestamptz,
  last_result text check (last_result in ('sent', 'partly', 'failed')),
  version     integer not null default 1,
  check ((frequency = 'weekly') = (weekday is not null))
);
create index analytics_report_plan_place on analytics_report_plan (place) where place is not null;
create index analytics_report_plan_created_by on analytics_report_plan (created_by);
create index analytics_report_plan_due on analytics_report_plan (next_at) where state = 'active';

-- One mail to one person at one time: whoever comes second finds it there.
create table analytics_report_mailing (
  id          uuid primary key,
  plan        uuid not null references analytics_report_plan,
  receiver    uuid not null references access_user,
  due_at      timestamptz not null,
  first_day   date not null,
  last_day    date not null check (last_day >= first_day),
  at          timestamptz not null,
  unique (plan, receiver, due_at)
);
create index analytics_report_mailing_receiver on analytics_report_mailing (receiver);
comment on table analytics_report_mailing is 'append-only: which report went to whom, for which days [insiders]';
comment on table analytics_report_plan is '[insiders]';
