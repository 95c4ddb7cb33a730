-- For the triggers of modules that keep what follows from a setting.
create function setting_value(wanted text) returns jsonb language sql stable as $$
  select value from setting where name = wanted
$$;
