-- A draft names the records that it is to rest on: they are linked once the student is notified, so
-- that nothing of a record tells of a draft (3.7(15)). An expulsion rests on a resolution, and what is
-- imposed stands on the list (L-16).
alter table sanction
  add column record_ids text[] not null default '{}',
  add column resolution_no text references resolution (resolution_no),
  add constraint sanction_measure foreign key (measure_list_item) references measure_list_item (code),
  -- What is dismissed after the hearing was never decided.
  drop constraint sanction_decided,
  add constraint sanction_decided check (state in ('DRAFT', 'NOTICE_GIVEN', 'HEARD', 'ANNULLED')
    or (decided_on is not null and doc_no is not null and approved_by is not null
      and (type = 'EXPULSION' or term_months is not null))),
  add constraint sanction_with_resolution check (resolution_no is null or type = 'EXPULSION');
create index sanction_by_state on sanction (state, student_no)
  where state in ('SERVED', 'APPEALED', 'EFFECTIVE', 'TERM_RUNNING');
