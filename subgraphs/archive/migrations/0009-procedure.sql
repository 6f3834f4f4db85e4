-- Procedures around what the archive says: sanctions, appeals, repairs, notices, requests,
-- submissions to the province, published cases.

create table sanction (
  id uuid primary key default gen_random_uuid(),
  student_no text not null references student (student_no),
  type text not null check (type in
    ('WARNING', 'SERIOUS_WARNING', 'DEMERIT', 'PROBATION', 'EXPULSION')),
  -- Office whose fact it follows.
  source_office text not null,
  doc_no text,
  notified_on date,
  statement_on date,
  decided_on date,
  served_on date,
  term_months integer,
  term_ends_on date,
  lifted_on date,
  appeal_deadline date,
  measure_list_item text,
  state text not null check (state in ('DRAFT', 'NOTICE_GIVEN', 'HEARD', 'DECIDED', 'SERVED',
    'APPEALED', 'EFFECTIVE', 'TERM_RUNNING', 'LIFTED', 'ANNULLED')),
  evidence jsonb not null default '[]',
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  unique (id, student_no),
  constraint sanction_second_person check (approved_by <> recorded_by),
  -- INV-15; an expulsion has no term.
  constraint sanction_term check (case when type = 'EXPULSION' then term_months is null
    else term_months is null or term_months between 6 and 12 end),
  constraint sanction_hearing check (state = 'DRAFT' or notified_on is not null),
  constraint sanction_decided check (state in ('DRAFT', 'NOTICE_GIVEN', 'HEARD')
    or (decided_on is not null and doc_no is not null and approved_by is not null
      and (type = 'EXPULSION' or term_months is not null))),
  constraint sanction_served check (state not in ('SERVED', 'APPEALED', 'EFFECTIVE',
    'TERM_RUNNING', 'LIFTED') or (served_on is not null and appeal_deadline is not null)),
  constraint sanction_lifted check ((state = 'LIFTED') = (lifted_on is not null)),
  constraint sanction_lift_term check (lifted_on >= term_ends_on),
  constraint sanction_expulsion check (type <> 'EXPULSION' or state not in ('TERM_RUNNING', 'LIFTED'))
);
create index sanction_student on sanction (student_no, state);

alter table conduct_record
  add constraint conduct_record_of_student unique (id, student_no),
  add constraint conduct_record_sanction foreign key (sanction_id, student_no)
    references sanction (id, student_no);
create index conduct_record_by_sanction on conduct_record (sanction_id);
create index conduct_record_by_indicator on conduct_record (indicator_code, student_no);
alter table good_record add constraint good_record_of_student unique (id, student_no);
alter table credit_snapshot
  add constraint credit_snapshot_of_student unique (snapshot_id, student_no);

create table appeal (
  id uuid primary key default gen_random_uuid(),
  student_no text not null references student (student_no),
  kind text not null check (kind in ('PROFILE', 'RECORD', 'SELF_REVIEW', 'EVALUATION', 'SANCTION')),
  -- What it is against, the office or provider that owns that, and the groups that it takes.
  target_subgraph text not null,
  target_typename text not null,
  target_id text not null,
  target_office text not null,
  target_provider text,
  target_groups text[] not null check (cardinality(target_groups) > 0),
  -- The target where the archive holds it: its state decides anew at each read.
  record_id uuid,
  good_record_id uuid,
  sanction_id uuid,
  snapshot_id uuid,
  grounds text not null,
  requested_outcome text not null check (requested_outcome in ('MODIFY', 'REVOKE')),
  filed_at timestamptz not null,
  handler_office text not null,
  handler_no text,
  -- REVOKE needs two people.
  second_handler_no text,
  case_id text unique references evaluation_case (case_id),
  due_on date not null,
  outcome text check (outcome in ('MODIFY', 'REVOKE', 'REJECT')),
  decision_text text,
  before jsonb,
  after jsonb,
  state text not null,
  evidence jsonb not null default '[]',
  version integer not null default 1,
  recorded_by text,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  unique (id, student_no),
  foreign key (record_id, student_no) references conduct_record (id, student_no) on delete cascade,
  foreign key (good_record_id, student_no) references good_record (id, student_no) on delete cascade,
  foreign key (sanction_id, student_no) references sanction (id, student_no),
  foreign key (snapshot_id, student_no) references credit_snapshot (snapshot_id, student_no),
  constraint appeal_state check (state in ('FILED', 'CLOSED', 'WITHDRAWN') or case
    when kind = 'SANCTION' then state in ('COMMITTEE_REVIEW', 'UPHELD', 'RECOMMEND_CHANGE',
      'SUSPENDED_EXECUTION', 'PROVINCIAL_APPEAL')
    else state in ('ACCEPTED', 'INVESTIGATING', 'DECIDED', 'NOT_ACCEPTED', 'ESCALATED') end),
  constraint appeal_sanction check
    ((kind = 'SANCTION') = (sanction_id is not null) and (kind = 'SANCTION' or case_id is null)),
  constraint appeal_decided check (state <> 'DECIDED'
    or (outcome is not null and decision_text is not null and handler_no is not null)),
  -- An outcome without a reason is none (G14.2).
  constraint appeal_reason check (outcome is null or decision_text is not null),
  constraint appeal_two_people check (second_handler_no <> handler_no),
  constraint appeal_revoke check
    (outcome is distinct from 'REVOKE' or kind = 'SANCTION' or second_handler_no is not null),
  constraint appeal_second_person check (approved_by <> recorded_by)
);
create index appeal_student on appeal (student_no, filed_at desc);
create index appeal_sanction_case on appeal (sanction_id);

create table repair_application (
  id uuid primary key default gen_random_uuid(),
  student_no text not null references student (student_no),
  statement text not null,
  gpa_delta numeric(3, 2),
  volunteer_hours numeric(5, 1),
  good_record_ids uuid[] not null default '{}',
  no_new_bad_since date,
  remedy_proofs jsonb not null default '[]',
  college_opinion text,
  college_opinion_by text,
  -- The person of Student Affairs who has it in hand (3.1b: his own task).
  handler_no text,
  decision text check (decision in ('FULL', 'MITIGATE', 'REFUSE')),
  decided_by text,
  reason text,
  submitted_at timestamptz,
  state text not null check (state in ('DRAFT', 'SUBMITTED', 'COLLEGE_REVIEW', 'SAO_REVIEW',
    'APPROVED_FULL', 'APPROVED_MITIGATED', 'REFUSED', 'WITHDRAWN')),
  evidence jsonb not null default '[]',
  version integer not null default 1,
  recorded_by text,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  unique (id, student_no),
  constraint repair_second_person check
    (approved_by <> recorded_by and decided_by <> college_opinion_by),
  constraint repair_decided check (case state
    when 'APPROVED_FULL' then decision = 'FULL' when 'APPROVED_MITIGATED' then decision = 'MITIGATE'
    when 'REFUSED' then decision = 'REFUSE' else decision is null end is true),
  constraint repair_reason check
    (decision is null or (decided_by is not null and reason is not null))
);
create index repair_application_student on repair_application (student_no);
create table repair_record (
  repair_id uuid not null,
  record_id uuid not null,
  student_no text not null,
  primary key (repair_id, record_id),
  foreign key (repair_id, student_no) references repair_application (id, student_no) on delete cascade,
  foreign key (record_id, student_no) references conduct_record (id, student_no) on delete cascade
);
create index repair_record_student on repair_record (student_no);

-- What was told to a student, and when it reached him.
create table notice (
  id uuid primary key default gen_random_uuid(),
  student_no text not null references student (student_no),
  kind text not null,
  text_version text not null,
  -- What it is about, the office whose matter that is, and the groups that it takes.
  subject_subgraph text not null,
  subject_typename text not null,
  subject_id text not null,
  subject_office text not null,
  subject_groups text[] not null check (cardinality(subject_groups) > 0),
  record_id uuid,
  sanction_id uuid,
  appeal_id uuid,
  sent_at timestamptz not null,
  channel text not null check (channel in ('PORTAL', 'MAIL', 'SMS', 'WECHAT_WORK')),
  delivered_at timestamptz,
  acknowledged_at timestamptz,
  version integer not null default 1,
  foreign key (record_id, student_no) references conduct_record (id, student_no) on delete cascade,
  foreign key (sanction_id, student_no) references sanction (id, student_no),
  foreign key (appeal_id, student_no) references appeal (id, student_no) on delete cascade,
  constraint notice_times check (delivered_at >= sent_at and acknowledged_at >= delivered_at),
  constraint notice_delivered check (acknowledged_at is null or delivered_at is not null)
);
create index notice_student on notice (student_no, sent_at desc);

create table subject_request (
  id uuid primary key default gen_random_uuid(),
  student_no text not null references student (student_no),
  type text not null check (type in ('ACCESS', 'COPY', 'CORRECT', 'SUPPLEMENT', 'DELETE', 'RESTRICT',
    'EXPLAIN', 'HUMAN_REVIEW', 'TRANSFER', 'WITHDRAW')),
  filed_at timestamptz not null,
  due_on date not null,
  outcome text,
  refusal_reason text,
  handler_no text,
  state text not null check (state in ('FILED', 'IN_HAND', 'FULFILLED', 'REFUSED', 'WITHDRAWN')),
  version integer not null default 1,
  constraint subject_request_refused check ((state = 'REFUSED') = (refusal_reason is not null))
);
create index subject_request_student on subject_request (student_no, filed_at desc);

create table submission (
  id uuid primary key default gen_random_uuid(),
  student_no text not null,
  record_id uuid not null,
  decision_no text not null,
  term text,
  notice_delivered_at timestamptz,
  prepared_by text not null,
  approved_by text,
  confirmed_by text,
  created_at timestamptz not null,
  state text not null check (state in ('CANDIDATE', 'ELIGIBILITY_CHECK', 'NOTICE_TO_PERSON',
    'OBJECTION', 'APPROVED', 'SENT', 'ACKED', 'RETURNED', 'CORRECTION_SENT', 'WITHDRAWN')),
  version integer not null default 1,
  foreign key (record_id, student_no) references conduct_record (id, student_no) on delete cascade,
  -- Student Affairs twice, then the discipline officer (3.8).
  constraint submission_three_people check
    (approved_by <> prepared_by and confirmed_by not in (prepared_by, approved_by)),
  constraint submission_approved check
    (state in ('CANDIDATE', 'ELIGIBILITY_CHECK', 'NOTICE_TO_PERSON', 'OBJECTION', 'WITHDRAWN')
      or (approved_by is not null and confirmed_by is not null and notice_delivered_at is not null))
);
create index submission_student on submission (student_no, state);
create index submission_record on submission (record_id);

-- A published deed; only while the student's consent is in force (Z5.3.2).
create table model_case (
  id uuid primary key default gen_random_uuid(),
  student_no text not null,
  consent_id text not null,
  title text not null,
  summary text not null,
  published_on date,
  state text not null check (state in ('NOMINATED', 'CONSENTED', 'PUBLISHED', 'WITHDRAWN')),
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  foreign key (consent_id, student_no) references consent (consent_id, student_no),
  constraint model_case_second_person check (approved_by <> recorded_by),
  constraint model_case_published check
    (state <> 'PUBLISHED' or (published_on is not null and approved_by is not null))
);
create index model_case_student on model_case (student_no);
create index model_case_published_on on model_case (published_on desc, id) where state = 'PUBLISHED';
create index appeal_record on appeal (record_id);
create index notice_record on notice (record_id);
