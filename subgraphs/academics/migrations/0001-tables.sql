-- Results, exam violations, academic misconduct and research records of the students (G6.2, Z5.4).

create table course_grade (
  id uuid primary key default gen_random_uuid(),
  student_no text not null,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  evidence jsonb not null default '[]',
  term_code text not null check (term_code ~ '^\d{4}-[123]$'),
  course_code text not null,
  course_name text not null,
  credits numeric(4, 1) not null check (credits >= 0),
  score_raw numeric(5, 2) not null,
  score_scale text not null check (score_scale in ('PERCENT', 'FIVE_LEVEL', 'PASS_FAIL')),
  grade_point numeric(3, 2) check (grade_point between 0 and 4),
  attempt integer not null check (attempt between 1 and 9),
  state text not null check (state in ('PUBLISHED', 'WITHDRAWN')),
  constraint course_grade_second_person check (approved_by <> recorded_by),
  constraint course_grade_score check (case score_scale
    when 'PERCENT' then score_raw between 0 and 100
    when 'FIVE_LEVEL' then score_raw in (1, 2, 3, 4, 5)
    when 'PASS_FAIL' then score_raw in (0, 1)
    else false end),
  unique (student_no, term_code, course_code, attempt)
);
create index course_grade_term on course_grade (term_code, id);
create index course_grade_course on course_grade (course_code, term_code, id);

create table academic_summary (
  id uuid primary key default gen_random_uuid(),
  student_no text not null unique,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  evidence jsonb not null default '[]',
  gpa numeric(3, 2) not null check (gpa between 0 and 4),
  credits_earned numeric(5, 1) not null check (credits_earned >= 0),
  -- What the study plan asks for by now; without it nobody can say who is behind.
  credits_due numeric(5, 1) check (credits_due >= 0),
  rank_band text not null check (rank_band in ('TOP10', 'TOP30', 'MIDDLE', 'LOW')),
  warning_level text not null check (warning_level in ('NONE', 'YELLOW', 'ORANGE', 'RED')),
  graduation_eligibility text not null check (graduation_eligibility in
    ('NOT_YET', 'ELIGIBLE', 'NOT_ELIGIBLE')),
  constraint academic_summary_second_person check (approved_by <> recorded_by)
);
create index academic_summary_gpa on academic_summary (gpa, id);

-- Breaches of exam discipline and cheating. Facts before FOUND never leave this office (2.4).
create table exam_violation (
  id uuid primary key default gen_random_uuid(),
  student_no text not null,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  evidence jsonb not null default '[]',
  violation_no text not null unique,
  exam_type text not null check (exam_type in ('SCHOOL', 'STATE', 'CERT')),
  act_code text not null,
  indicator_code text not null,
  severity text not null,
  session text not null,
  occurred_on date not null,
  finding_body text,
  decision_doc_no text,
  decided_on date,
  notice_delivered_on date,
  state text not null check (state in ('PROPOSED', 'NOTIFIED', 'DISMISSED', 'FOUND', 'ACTIVE',
    'MITIGATED', 'REPAIRED', 'LIFTED', 'EXPIRED', 'REVOKED', 'SEALED')),
  constraint exam_violation_second_person check (approved_by <> recorded_by),
  -- INV-04: the severity lies in the range of the indicator.
  constraint exam_violation_severity check (case indicator_code
    when 'D1-04' then severity in ('S1', 'S2')
    when 'D1-05' then severity in ('S3', 'S4')
    else false end),
  -- INV-03: nothing is found without finding, evidence, delivered notice and a second person.
  constraint exam_violation_founded check (state in ('PROPOSED', 'NOTIFIED', 'DISMISSED')
    or (finding_body is not null and decision_doc_no is not null and decided_on is not null
      and jsonb_array_length(evidence) > 0 and notice_delivered_on is not null
      and approved_by is not null)),
  constraint exam_violation_notified check
    (state in ('PROPOSED', 'DISMISSED') or notice_delivered_on is not null),
  constraint exam_violation_days check (notice_delivered_on >= occurred_on
    and decided_on >= notice_delivered_on)
);
create index exam_violation_student on exam_violation (student_no, occurred_on);
create index exam_violation_day on exam_violation (occurred_on, id);

-- Research projects; `members` are the subjects of students and staff.
create table research_project (
  id uuid primary key default gen_random_uuid(),
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  evidence jsonb not null default '[]',
  project_no text not null unique,
  title text not null,
  stage text not null check (stage in ('APPLY', 'APPROVE', 'RUN', 'CONCLUDE', 'PUBLISH')),
  lead text not null,
  members jsonb not null check (jsonb_typeof(members) = 'array'),
  constraint research_project_second_person check (approved_by <> recorded_by)
);
create index research_project_member on research_project using gin (members jsonb_path_ops);

-- Academic misconduct. Only FINAL may enter an archive (2.4).
create table misconduct_case (
  id uuid primary key default gen_random_uuid(),
  student_no text not null,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  evidence jsonb not null default '[]',
  case_no text not null unique,
  project_no text references research_project (project_no),
  indicator_code text not null,
  severity text,
  reported_on date not null,
  committee text,
  finding_body text,
  decision_doc_no text,
  decided_on date,
  notice_delivered_on date,
  stage text not null check (stage in ('REPORTED', 'PRELIMINARY', 'FORMAL', 'FOUND', 'NOT_FOUND',
    'DECIDED', 'FINAL')),
  constraint misconduct_case_second_person check (approved_by <> recorded_by),
  -- INV-04; a case has no severity before it is found.
  constraint misconduct_case_severity check (case indicator_code
    when 'D1-01' then severity in ('S1', 'S2')
    when 'D1-02' then severity in ('S2', 'S3', 'S4')
    when 'D1-03' then severity in ('S2', 'S3', 'S4')
    when 'D1-07' then severity in ('S2', 'S3')
    when 'D1-08' then severity in ('S2', 'S3', 'S4')
    when 'D1-09' then severity in ('S3', 'S4')
    else false end),
  -- INV-03.
  constraint misconduct_case_founded check
    (stage in ('REPORTED', 'PRELIMINARY', 'FORMAL', 'NOT_FOUND')
    or (severity is not null and notice_delivered_on is not null and approved_by is not null
      and jsonb_array_length(evidence) > 0)),
  constraint misconduct_case_decided check (stage not in ('DECIDED', 'FINAL')
    or (finding_body is not null and decision_doc_no is not null and decided_on is not null))
);
create index misconduct_case_student on misconduct_case (student_no, reported_on);
create index misconduct_case_day on misconduct_case (reported_on, id);
create index misconduct_case_project on misconduct_case (project_no) where stage = 'FINAL';

create table integrity_check (
  id uuid primary key default gen_random_uuid(),
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  evidence jsonb not null default '[]',
  project_no text not null references research_project (project_no),
  stage text not null check (stage in ('APPLY', 'APPROVE', 'RUN', 'CONCLUDE', 'PUBLISH')),
  result text not null check (result in ('PASSED', 'CONCERNS', 'FAILED')),
  constraint integrity_check_second_person check (approved_by <> recorded_by),
  unique (project_no, stage)
);

create table research_activity_record (
  id uuid primary key default gen_random_uuid(),
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  evidence jsonb not null default '[]',
  project_no text not null references research_project (project_no),
  happened_on date not null,
  kind text not null,
  author text not null,
  hash text not null,
  constraint research_activity_record_second_person check (approved_by <> recorded_by),
  unique (project_no, hash)
);

create table retention_fact (
  id uuid primary key default gen_random_uuid(),
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  evidence jsonb not null default '[]',
  project_no text not null references research_project (project_no),
  material text not null,
  place text not null,
  until date not null,
  constraint retention_fact_second_person check (approved_by <> recorded_by),
  unique (project_no, material)
);

-- Research records by member: one row for each student in the project. The index on `members` is
-- reached from the student's number; an id of its own tells the rows of two members apart.
create view project_member as
select r.student_no, p.project_no, p.members,
  exists (select from misconduct_case c where c.project_no = p.project_no and c.stage = 'FINAL')
    as has_final_case
from roster r join research_project p on p.members @> to_jsonb(r.student_no);

create view student_research_project as
select md5(p.id || m.student_no)::uuid as id, m.student_no, m.members, m.has_final_case,
  p.version, p.recorded_by, p.recorded_at, p.approved_by, p.approved_at, p.evidence,
  p.project_no, p.title, p.stage, p.lead
from project_member m join research_project p on p.project_no = m.project_no;

create view student_integrity_check as
select md5(c.id || m.student_no)::uuid as id, m.student_no, m.members, m.has_final_case,
  c.version, c.recorded_by, c.recorded_at, c.approved_by, c.approved_at, c.evidence,
  c.project_no, c.stage, c.result
from project_member m join integrity_check c on c.project_no = m.project_no;

create view student_research_activity_record as
select md5(a.id || m.student_no)::uuid as id, m.student_no, m.members, m.has_final_case,
  a.version, a.recorded_by, a.recorded_at, a.approved_by, a.approved_at, a.evidence,
  a.project_no, a.happened_on, a.kind, a.author, a.hash
from project_member m join research_activity_record a on a.project_no = m.project_no;

create view student_retention_fact as
select md5(f.id || m.student_no)::uuid as id, m.student_no, m.members, m.has_final_case,
  f.version, f.recorded_by, f.recorded_at, f.approved_by, f.approved_at, f.evidence,
  f.project_no, f.material, f.place, f.until
from project_member m join retention_fact f on f.project_no = m.project_no;
