-- When a repair was decided: a record of which one was refused may be applied for again 90 days later
-- (DOMAIN 2.4).
alter table repair_application add column decided_on date;
create index repair_record_record on repair_record (record_id);
-- Numbers of rows in a list are texts, as everywhere.
alter table repair_application
  alter column good_record_ids drop default,
  alter column good_record_ids type text[] using good_record_ids::text[],
  alter column good_record_ids set default '{}';
