-- What an app asked to be allowed; all that its user may where it asked for nothing in particular.
alter table access_app_code add column permissions text[];
alter table access_session add column permissions text[];
