-- A posted paper stays; what was wrong with it is taken back by another one, once. One that a document made is taken back there.
alter table inventory_document add column reverses uuid references inventory_document, add column origin uuid;
create unique index inventory_document_reverses on inventory_document (reverses) where reverses is not null;
alter table inventory_document drop constraint inventory_document_reason_check,
  add constraint inventory_document_reason_check check (reason in
    ('supplier', 'opening', 'count', 'damaged', 'expired', 'stolen', 'found', 'ownUse', 'sample', 'correction', 'reversal'));
