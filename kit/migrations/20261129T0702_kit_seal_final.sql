-- What people from outside see of the seals was said in place of that they are final; they are both.
comment on table audit_seal is 'append-only: the chain over the roots of the sealed entries [insiders]';
comment on table audit_leaf is 'append-only: which entry stands where in which seal, and its hash [insiders]';
