-- Requests of a person about his own data are filed and decided by mutations (L-11). A request is
-- decided once: there is no state between.
alter table subject_request
  add column content text,
  add column decided_by text,
  add column decided_on date,
  add column recorded_by text,
  add column recorded_at timestamptz,
  drop column handler_no,
  drop constraint subject_request_state_check;
update subject_request set state = 'FILED' where state = 'IN_HAND';
update subject_request set state = 'GRANTED', outcome = coalesce(outcome, '已办结')
  where state = 'FULFILLED';
update subject_request set state = 'REFUSED', refusal_reason = coalesce(refusal_reason, '已撤回')
  where state = 'WITHDRAWN';
alter table subject_request
  add constraint subject_request_state check (state in ('FILED', 'GRANTED', 'REFUSED')),
  add constraint subject_request_granted check ((state = 'GRANTED') = (outcome is not null)),
  add constraint subject_request_decided
    check ((decided_by is null) = (decided_on is null) and (state <> 'FILED' or decided_by is null)),
  add constraint subject_request_second_person check (decided_by <> recorded_by);
-- One of each type waits at a time: whoever files again learns that the first is not forgotten.
create unique index subject_request_open on subject_request (student_no, type) where state = 'FILED';
create index subject_request_waiting on subject_request (due_on, id) where state = 'FILED';
