-- Modules bring the kinds of documents that post: what each may be called stands in its module, no longer in a list here.
alter table ledger_entry drop constraint ledger_entry_document_kind_check;
alter table ledger_entry add constraint ledger_entry_document_kind_check check (length(document_kind) between 1 and 60);
