-- Misconduct cases enter an archive by the day of the act (2.4, INV-11). Of those that are here the day
-- of the report is all that is known.
alter table misconduct_case add column occurred_on date;
update misconduct_case set occurred_on = reported_on;
alter table misconduct_case
  alter column occurred_on set not null,
  -- L-07: the act, its report, the notice, the decision.
  add constraint misconduct_case_days check
    (occurred_on <= reported_on and notice_delivered_on >= reported_on
      and decided_on >= notice_delivered_on);

-- The number of what is closed can be used again: else whoever may not know of it would find it out
-- (3.7(15)).
alter table exam_violation drop constraint exam_violation_violation_no_key;
create unique index exam_violation_number on exam_violation (violation_no) where state not in
  ('DISMISSED', 'REPAIRED', 'LIFTED', 'EXPIRED', 'REVOKED', 'SEALED');
alter table misconduct_case drop constraint misconduct_case_case_no_key;
create unique index misconduct_case_number on misconduct_case (case_no) where stage <> 'NOT_FOUND';
