-- takes access_approval from access: what needs a second person stands above who people are.
comment on table access_approval is '[outsiders]';
