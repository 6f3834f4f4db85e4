-- A round of aid is opened by one person: its line in the log says who and why (F-04).
alter table aid_round alter column approved_by drop not null,
  alter column approved_at drop not null;

-- The school sets the frame, the org what holds within it (G17, G18.1).
alter table level_config
  add column levels_at_most integer check (levels_at_most between 1 and 3),
  add column seats_at_most integer check (seats_at_most > 0),
  add column version integer not null default 1,
  add constraint level_config_within_frame check (levels <= levels_at_most and seats <= seats_at_most);

-- An administrator asks the office that owns a fact to change it (T-02).
create table change_request (
  id uuid primary key default gen_random_uuid(),
  student_no text not null references student (student_no),
  target_kind text not null,
  target_id text not null check (target_id <> ''),
  target_office text not null check (target_office in ('AAO', 'FIN', 'SEC', 'CYL')),
  target_groups text[] not null check (cardinality(target_groups) > 0),
  raised_by_office text not null check (raised_by_office in ('COL', 'SAO')),
  requested text not null check (requested <> ''),
  doc_no text not null check (doc_no <> ''),
  decision_text text,
  state text not null check (state in ('REQUESTED', 'ACCEPTED', 'REFUSED')),
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  constraint change_request_decided check ((state = 'REQUESTED') = (decided_by is null)
    and (decided_by is null) = (decided_at is null) and (decided_by is null) = (decision_text is null)),
  constraint change_request_second_person check (decided_by <> recorded_by)
);
create index change_request_student on change_request (student_no);
-- What waits is counted by office.
create index change_request_waiting on change_request (target_office) where state = 'REQUESTED';
-- Each asks once: that the other has asked is not disclosed to the college.
create unique index change_request_once
  on change_request (student_no, target_kind, target_id, raised_by_office) where state = 'REQUESTED';
