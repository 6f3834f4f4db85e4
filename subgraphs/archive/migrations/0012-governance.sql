-- Nouns about no student: what cases decide, and what the school writes down of its own working.

-- What evaluators decided on one student of a case (G21). Never on the credit grade alone (T-07).
create table case_decision (
  case_id text not null,
  student_no text not null,
  result text not null check (result in ('GRANT', 'REFUSE')),
  reason_codes jsonb not null,
  decided_by text not null,
  decided_at timestamptz not null,
  primary key (case_id, student_no),
  foreign key (case_id, student_no) references case_student (case_id, student_no),
  constraint case_decision_reasons check
    (jsonb_typeof(reason_codes) = 'array' and reason_codes - 'CREDIT_GRADE' <> '[]'::jsonb)
);

-- Leading group, meetings, tasks, measures (Z4, Z5.5.1, Z6.1).
create table leading_group (
  group_code text primary key,
  name text not null,
  set_up_on date not null,
  dissolved_on date check (dissolved_on >= set_up_on)
);
create table membership (
  id uuid primary key default gen_random_uuid(),
  group_code text not null references leading_group (group_code),
  unit text not null,
  staff_no text not null references staff (staff_no),
  post text not null check (post in ('HEAD', 'DEPUTY', 'MEMBER')),
  from_on date not null,
  to_on date check (to_on >= from_on),
  unique (group_code, staff_no, from_on)
);
create table meeting (
  meeting_id text primary key,
  year integer not null,
  -- The two offices that organise it are one unit here: PCO or PRO.
  organiser text not null,
  planned_on date not null,
  state text not null check (state in
    ('PLANNED', 'APPROVED_BY_HEAD', 'HELD', 'MINUTED', 'CANCELLED')),
  head_approved_on date,
  held_on date,
  minutes text,
  constraint meeting_year check (extract(year from coalesce(held_on, planned_on)) = year),
  -- INV-14: nothing is held that the head has not approved.
  constraint meeting_approved check
    (state in ('PLANNED', 'CANCELLED') or head_approved_on is not null),
  constraint meeting_held check ((state in ('HELD', 'MINUTED')) = (held_on is not null)),
  constraint meeting_days check (held_on >= head_approved_on),
  constraint meeting_minuted check ((state = 'MINUTED') = (minutes is not null))
);
create index meeting_of_year on meeting (year, planned_on);
create table agenda_item (
  meeting_id text not null references meeting (meeting_id),
  seq integer not null,
  type text not null check (type in
    ('CONVEY', 'SUMMARISE', 'PROBLEMS', 'DECIDE', 'ANNUAL_PLAN', 'ASSIGN')),
  title text not null,
  primary key (meeting_id, seq)
);
create table resolution (
  resolution_no text primary key,
  meeting_id text not null references meeting (meeting_id),
  title text not null
);
create index resolution_meeting on resolution (meeting_id);
create table task (
  task_no text primary key,
  title text not null,
  unit text not null,
  -- Unit that leads, where others take part.
  lead text not null,
  due_on date not null,
  state text not null check (state in ('OPEN', 'DONE', 'CANCELLED')),
  done_on date,
  constraint task_done check ((state = 'DONE') = (done_on is not null))
);
create index task_due on task (due_on, task_no);
create table measure_list_item (
  code text primary key,
  basis text not null,
  subject_type text not null check (subject_type in ('STUDENT', 'STAFF', 'SCHOOL')),
  content text not null,
  executor text not null,
  -- Nothing stands on the list that no meeting resolved (3.8).
  resolution_no text not null references resolution (resolution_no)
);

-- Operation: services, backups, processors, levels, transfers (G6.5, G16, G18, G19.2).
create table service_status (
  component text primary key,
  state text not null check (state in ('UP', 'DEGRADED', 'DOWN')),
  since timestamptz not null,
  note text
);
create table backup_run (
  id uuid primary key default gen_random_uuid(),
  office text not null,
  started_at timestamptz not null,
  bytes bigint check (bytes >= 0),
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  restore_tested_at timestamptz check (restore_tested_at > started_at),
  result text not null check (result in ('RUNNING', 'WRITTEN', 'FAILED')),
  constraint backup_run_written check
    ((result = 'WRITTEN') = (bytes is not null and sha256 is not null)),
  constraint backup_run_tested check (restore_tested_at is null or result = 'WRITTEN')
);
create index backup_run_started on backup_run (started_at desc);
create table processing_agreement (
  agreement_no text primary key,
  processor text not null,
  purpose text not null,
  signed_on date not null,
  ends_on date not null check (ends_on > signed_on),
  state text not null check (state in ('IN_FORCE', 'ENDED')),
  -- Document that proves return or deletion (PIPL 21).
  return_proof text,
  constraint processing_agreement_ended check (state <> 'ENDED' or return_proof is not null)
);
create table level_config (
  org_code text primary key references org (org_code),
  levels integer not null check (levels between 1 and 3),
  seats integer not null check (seats > 0)
);
create table transfer_notice (
  id uuid primary key default gen_random_uuid(),
  staff_no text not null references staff (staff_no),
  from_org text not null references org (org_code),
  to_org text references org (org_code),
  effective_at timestamptz not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  constraint transfer_notice_second_person check (approved_by <> recorded_by),
  constraint transfer_notice_not_by_holder check
    (staff_no <> recorded_by and staff_no <> approved_by),
  unique (staff_no, effective_at)
);

-- Teacher ethics (Z5.3.1).
create table teacher_archive (
  staff_no text primary key references staff (staff_no),
  opened_on date not null,
  closed_on date check (closed_on >= opened_on),
  state text not null check (state in ('OPEN', 'CLOSED')),
  constraint teacher_archive_closed check ((state = 'CLOSED') = (closed_on is not null))
);
create table ethics_evaluation (
  id uuid primary key default gen_random_uuid(),
  staff_no text not null references teacher_archive (staff_no),
  year integer not null,
  result text not null check (result in ('EXCELLENT', 'QUALIFIED', 'BASICALLY', 'UNQUALIFIED')),
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  constraint ethics_evaluation_second_person check (approved_by <> recorded_by),
  constraint ethics_evaluation_not_by_self check
    (staff_no <> recorded_by and staff_no <> approved_by),
  unique (staff_no, year)
);
create table ethics_finding (
  id uuid primary key default gen_random_uuid(),
  staff_no text not null references teacher_archive (staff_no),
  type text not null,
  procedure text not null,
  decision text,
  term_months integer check (term_months > 0),
  state text not null check (state in ('PROPOSED', 'RECORDED', 'REVOKED')),
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  constraint ethics_finding_second_person check (approved_by <> recorded_by),
  constraint ethics_finding_not_by_self check
    (staff_no <> recorded_by and staff_no <> approved_by),
  constraint ethics_finding_recorded check
    (state = 'PROPOSED' or (decision is not null and approved_by is not null))
);
create index ethics_finding_staff on ethics_finding (staff_no);

-- What is published of the rules (RULES).
create table rule_set (
  version text primary key,
  state text not null check (state in ('DRAFT', 'REVIEW', 'APPROVED', 'ACTIVE', 'RETIRED')),
  approved_by_meeting_id text references meeting (meeting_id),
  effective_from date,
  constraint rule_set_effective check
    (state in ('DRAFT', 'REVIEW', 'APPROVED') or effective_from is not null)
);
-- One set scores at a time.
create unique index rule_set_active on rule_set (state) where state = 'ACTIVE';
-- The set that the product is installed with; its numbers are proposals until a meeting resolves them.
insert into rule_set (version, state, effective_from) values ('CR-2026.1', 'ACTIVE', '2026-01-01');
create table policy_document (
  doc_no text primary key,
  title text not null,
  issued_on date not null,
  uri text,
  -- Office that interprets it: SAO for the measures of source G (G23).
  interpreter text
);
create table query_procedure (
  procedure_code text primary key,
  title text not null,
  steps text not null,
  unit text not null,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from)
);
create table notice_version (
  version text primary key,
  title text not null,
  text text not null,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from)
);
