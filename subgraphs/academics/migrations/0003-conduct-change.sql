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
