-- Students, orgs, staff and what they may be, cases, consents.

create table org (
  org_code text primary key,
  name text not null,
  kind text not null check (kind in ('SCHOOL', 'COLLEGE', 'DEPARTMENT', 'CLASS', 'MAJOR')),
  parent_code text references org (org_code) deferrable initially deferred,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  constraint org_second_person check (approved_by <> recorded_by)
);
create index org_parent on org (parent_code);

create table staff (
  staff_no text primary key,
  name text not null,
  title text,
  org_code text references org (org_code),
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  constraint staff_second_person check (approved_by <> recorded_by)
);

-- One role held in one org from–to. Never given by its holder (2.4).
create table admin_grant (
  id uuid primary key default gen_random_uuid(),
  staff_no text not null,
  role text not null,
  org_code text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  training_id text,
  state text not null check (state in ('REQUESTED', 'ACTIVE', 'SUSPENDED', 'ENDED')),
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  constraint admin_grant_second_person check (approved_by <> recorded_by),
  constraint admin_grant_not_by_holder check (staff_no <> recorded_by and staff_no <> approved_by),
  constraint admin_grant_window check (valid_to is null or valid_to > valid_from),
  unique (staff_no, role, org_code, valid_from)
);
create index admin_grant_staff on admin_grant (staff_no, state);

create table student (
  student_no text primary key check (student_no ~ '^[0-9]{10}$'),
  name text not null,
  sex text not null,
  birth_date date not null,
  id_type text not null,
  -- Ciphertext under this office's key, and a keyed digest to tell whether it changed.
  id_number text not null,
  id_number_digest text not null,
  ethnic_code text,
  political_status text,
  native_place text,
  address text,
  phone text,
  email text,
  photo_ref text,
  emergency_contact text,
  college text not null references org (org_code),
  class_code text not null references org (org_code),
  major_code text not null,
  cohort integer not null,
  scope text not null check (scope in ('FULLTIME_JUNIOR', 'FULLTIME_UNDERGRAD')),
  enrolled_on date not null,
  enrolment_status text not null check (enrolment_status in
    ('ENROLLED', 'SUSPENDED', 'WITHDRAWN', 'TRANSFERRED', 'GRADUATED', 'COMPLETED', 'EXPELLED')),
  graduation_on date,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  constraint student_second_person check (approved_by <> recorded_by),
  constraint student_days check (graduation_on is null or graduation_on >= enrolled_on)
);
create index student_college on student (college, student_no);
create index student_class on student (class_code, student_no);
create index student_name on student (name, student_no);

create table evaluation_case (
  case_id text primary key,
  purpose text not null check (purpose in ('AWARD', 'PARTY', 'AID', 'EMPLOYMENT', 'APPEAL')),
  title text not null,
  host_office text not null,
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  state text not null check (state in
    ('DRAFT', 'OPEN', 'IN_EVALUATION', 'DECIDED', 'CLOSED', 'CANCELLED')),
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  constraint evaluation_case_second_person check (approved_by <> recorded_by),
  constraint evaluation_case_window check
    (closes_at > opens_at and closes_at <= opens_at + interval '30 days')
);
create table case_student (
  case_id text not null references evaluation_case (case_id),
  student_no text not null references student (student_no),
  primary key (case_id, student_no)
);
create index case_student_student on case_student (student_no);
create table case_assignment (
  id uuid primary key default gen_random_uuid(),
  case_id text not null references evaluation_case (case_id),
  staff_no text not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  revoked_at timestamptz,
  conflict_of_interest boolean not null default false,
  unique (case_id, staff_no)
);
create index case_assignment_staff on case_assignment (staff_no, case_id);

-- Declared once, consulted by every review, appeal and case; unreadable to others (F-02).
create table relation_declaration (
  staff_no text not null,
  student_no text not null,
  kind text not null check (kind in ('RELATIVE', 'TUTOR', 'PARTNER', 'OTHER')),
  declared_on date not null,
  primary key (staff_no, student_no)
);

-- An audit: the number that every read of an auditor names, while it is open (3.1b).
create table audit (
  audit_no text primary key,
  staff_no text not null,
  title text not null,
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  constraint audit_second_person check (approved_by <> recorded_by),
  constraint audit_window check (closes_at > opens_at)
);

create table consent (
  consent_id text primary key,
  student_no text not null references student (student_no),
  purpose text not null check (purpose in
    ('THIRD_PARTY_COLLECT', 'EMPLOYER_REPORT', 'MODEL_CASE', 'POSTGRAD_LOAN', 'PROVIDER_SHARE')),
  field_groups jsonb not null default '[]',
  report_template text check (report_template in ('STUDY', 'CONDUCT', 'FULL')),
  recipient_name text not null,
  recipient_uscc text not null,
  notice_version text not null,
  granted_at timestamptz not null,
  expires_at timestamptz not null,
  withdrawn_at timestamptz,
  form text not null check (form in ('SEPARATE', 'WRITTEN')),
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  constraint consent_window check (expires_at > granted_at)
);
create index consent_student on consent (student_no, purpose);
