-- A count knows its moment: what moved after a line was counted is no difference of it.
alter table inventory_document_line add column counted_at timestamptz;
