-- Who offers an article now: lists of other modules are filtered by it.
create view sourcing_offered with (security_invoker = true) as
  select variant, supplier from sourcing_offer where archived_at is null;
