-- Whoever agreed has to be somebody who still may when it is used. What is waiting now is asked for again.
delete from pos_agreement;
alter table pos_agreement add column agreed_by uuid not null references access_user;
create index pos_agreement_agreed_by on pos_agreement (agreed_by);
