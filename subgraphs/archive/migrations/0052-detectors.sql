-- Detectors open reviews of how the system is used (DOMAIN 3.6, D-01 … D-06); an audit closes them.
alter table access_review
  drop constraint access_review_detector_check,
  add constraint access_review_detector_check check (detector in ('AGE_REFUSALS', 'OPENED_STUDENTS',
    'OUTSIDE_TASKS', 'AT_NIGHT', 'DENIED_FIELDS', 'WITHOUT_REQUEST', 'EXPORT_THEN_TRANSFER')),
  add column count integer not null default 1 check (count > 0),
  add column version integer not null default 1,
  add column conclusion text check (conclusion in ('EXPLAINED', 'FOLLOWED_UP')),
  add column closed_by text,
  add column closed_at timestamptz,
  add constraint access_review_closed check ((state = 'CLOSED') = (closed_by is not null)
    and (closed_by is null) = (closed_at is null) and (closed_by is null) = (conclusion is null)),
  add constraint access_review_not_own check (closed_by <> actor);
create index access_review_open on access_review (opened_at desc, id desc);

-- How far both logs had come when the detectors ran: the events of a window are found by their
-- numbers, without an index that every event would have to be put into.
create table detector_run (
  at timestamptz primary key,
  event_seq bigint not null,
  line_id bigint not null
);
