-- What is numbered by another name goes on counting where it was. For migrations of modules, whose tables these are not.
create function rename_series(old text, new text) returns void language sql as $$
  update series set document = new where document = old;
  update number_template set document = new where document = old;
$$;
revoke execute on function rename_series(text, text) from public;
