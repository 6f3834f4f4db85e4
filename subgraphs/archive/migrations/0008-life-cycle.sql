-- The life of one archive: its state and signatures, account, commitments, remark, tokens, stewards.

create table archive (
  id uuid primary key default gen_random_uuid(),
  student_no text not null references student (student_no),
  state text not null check (state in ('IMPORTED', 'VOID', 'PENDING_SIGNATURE',
    'PENDING_VERIFICATION', 'ACTIVE', 'FROZEN', 'CLOSING', 'CLOSED', 'RETAINED', 'DESTROYED')),
  opened_on date not null,
  closed_on date,
  agreement_id uuid,
  commitment_id uuid,
  verification_due_on date,
  verification_state text check
    (verification_state in ('OPEN', 'CONFIRMED', 'CONFIRMED_WITH_APPEAL', 'OVERDUE')),
  confirmed_at timestamptz,
  last_export_at timestamptz,
  retention_until date,
  evidence jsonb not null default '[]',
  version integer not null default 1,
  recorded_by text,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  constraint archive_second_person check (approved_by <> recorded_by),
  constraint archive_days check (closed_on >= opened_on),
  constraint archive_signed check (state in ('IMPORTED', 'VOID', 'PENDING_SIGNATURE', 'DESTROYED')
    or (agreement_id is not null and commitment_id is not null)),
  constraint archive_closed check (state not in ('CLOSED', 'RETAINED') or closed_on is not null),
  constraint archive_verification check
    ((verification_state is null) = (verification_due_on is null)),
  constraint archive_confirmed check
    ((confirmed_at is not null) = coalesce(verification_state like 'CONFIRMED%', false))
);
-- INV-01: one open archive for each student.
create unique index archive_open on archive (student_no) where state not in ('VOID', 'DESTROYED');
create index archive_student on archive (student_no);

create table agreement (
  id uuid primary key default gen_random_uuid(),
  student_no text not null references student (student_no),
  template_version text not null,
  text_sha256 text not null check (text_sha256 ~ '^[0-9a-f]{64}$'),
  signed_at timestamptz not null,
  method text not null check (method in ('ONLINE_SIGN', 'PAPER_SCAN')),
  notice_version text not null,
  -- Of a minor alone (F-03); all four or none.
  guardian_name text,
  guardian_relation text,
  guardian_form text,
  guardian_at timestamptz,
  evidence jsonb not null default '[]',
  version integer not null default 1,
  recorded_by text,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  unique (id, student_no),
  constraint agreement_second_person check (approved_by <> recorded_by),
  constraint agreement_guardian check
    (num_nonnulls(guardian_name, guardian_relation, guardian_form, guardian_at) in (0, 4))
);
create index agreement_student on agreement (student_no, signed_at desc);

create table account (
  subject text primary key,
  student_no text unique references student (student_no),
  staff_no text unique references staff (staff_no),
  state text not null check (state in ('CREATED', 'ACTIVATED', 'LOCKED', 'CLOSED')),
  mfa boolean not null default false,
  version integer not null default 1,
  constraint account_one_person check (num_nonnulls(student_no, staff_no) = 1)
);

create table commitment_template (
  id uuid primary key default gen_random_uuid(),
  matter text not null check (matter in
    ('ENTRY', 'EXAM', 'ADMISSION', 'PROJECT', 'TITLE', 'AID', 'PERFORMANCE', 'AWARD', 'STATISTICS')),
  template_version text not null,
  owner_office text not null,
  subject_types jsonb not null,
  clauses jsonb not null,
  consequences jsonb not null,
  valid_from date not null,
  valid_to date,
  state text not null check (state in ('DRAFT', 'PUBLISHED', 'RETIRED')),
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  unique (matter, template_version),
  unique (matter, template_version, owner_office),
  constraint commitment_template_second_person check (approved_by <> recorded_by),
  constraint commitment_template_published check (state = 'DRAFT' or approved_by is not null),
  constraint commitment_template_days check (valid_to >= valid_from)
);

create table commitment (
  id uuid primary key default gen_random_uuid(),
  -- Who promises: a student, a member of staff or a unit.
  student_no text references student (student_no),
  staff_no text references staff (staff_no),
  org_code text references org (org_code),
  matter text not null,
  template_version text not null,
  owner_office text not null,
  business_ref text,
  signed_at timestamptz,
  signature_hash text,
  due_on date,
  state text not null check (state in ('OFFERED', 'SIGNED', 'IN_FORCE', 'FULFILLED',
    'BREACH_REPORTED', 'RECTIFYING', 'BREACHED', 'CLEARED', 'DECLINED', 'EXPIRED')),
  evidence jsonb not null default '[]',
  version integer not null default 1,
  recorded_by text,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  unique (id, student_no),
  foreign key (matter, template_version, owner_office)
    references commitment_template (matter, template_version, owner_office),
  constraint commitment_one_subject check (num_nonnulls(student_no, staff_no, org_code) = 1),
  constraint commitment_second_person check (approved_by <> recorded_by),
  constraint commitment_signed check (state in ('OFFERED', 'DECLINED', 'EXPIRED')
    or (signed_at is not null and signature_hash is not null))
);
create index commitment_student on commitment (student_no, matter);
create index commitment_office on commitment (owner_office, student_no);

alter table archive
  add constraint archive_agreement foreign key (agreement_id, student_no)
    references agreement (id, student_no),
  add constraint archive_commitment foreign key (commitment_id, student_no)
    references commitment (id, student_no);

create table commitment_check (
  id uuid primary key default gen_random_uuid(),
  commitment_id uuid not null references commitment (id),
  -- Of the commitment; null where a member of staff or a unit promised.
  student_no text,
  phase text not null check (phase in ('MID', 'POST')),
  checked_by text not null,
  result text not null check (result in ('FULFILLED', 'IN_PROGRESS', 'DEVIATION', 'BREACH')),
  note text,
  rectify_by date,
  evidence jsonb not null default '[]',
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  foreign key (commitment_id, student_no) references commitment (id, student_no),
  constraint commitment_check_second_person check (approved_by <> recorded_by)
);
create index commitment_check_student on commitment_check (student_no, commitment_id);

-- One remark a student, by three people: counsellor, college, Student Affairs.
create table graduation_remark (
  id uuid primary key default gen_random_uuid(),
  student_no text not null unique references student (student_no),
  text text not null check (char_length(text) between 1 and 800),
  author_counsellor text not null,
  approved_by_college text,
  signed_by_sao text,
  issued_on date,
  evidence jsonb not null default '[]',
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  constraint graduation_remark_second_person check (approved_by <> recorded_by),
  constraint graduation_remark_three_people check (approved_by_college <> author_counsellor
    and signed_by_sao not in (author_counsellor, approved_by_college)),
  constraint graduation_remark_issued check (issued_on is null
    or (approved_by_college is not null and signed_by_sao is not null))
);

alter table consent add constraint consent_of_student unique (consent_id, student_no);

-- Lets an employer read one report; the token itself is nowhere, its hash here alone.
create table report_token (
  id uuid primary key default gen_random_uuid(),
  token_hash text not null unique,
  student_no text not null,
  consent_id text not null,
  recipient_uscc text not null,
  report_template text not null check (report_template in ('STUDY', 'CONDUCT', 'FULL')),
  max_views integer not null check (max_views > 0),
  used_views integer not null default 0,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  watermark text not null,
  state text not null check (state in ('ISSUED', 'USED', 'EXPIRED', 'REVOKED', 'EXHAUSTED')),
  version integer not null default 1,
  foreign key (consent_id, student_no) references consent (consent_id, student_no),
  constraint report_token_views check (used_views between 0 and max_views),
  constraint report_token_window check
    (expires_at > issued_at and expires_at <= issued_at + interval '30 days')
);
create index report_token_student on report_token (student_no, issued_at desc);
create index report_token_consent on report_token (consent_id);

-- Who keeps a student's archive (G11).
create table steward_assignment (
  id uuid primary key default gen_random_uuid(),
  student_no text not null references student (student_no),
  staff_no text not null references staff (staff_no),
  office text not null,
  work_phone text,
  from_day date not null,
  to_day date,
  version integer not null default 1,
  unique (student_no, staff_no, from_day),
  constraint steward_assignment_days check (to_day >= from_day)
);

-- Numbers that a student had before.
create table student_alias (
  old_no text primary key,
  student_no text not null references student (student_no),
  kind text not null check (kind in ('RENUMBERED', 'MERGED', 'REENROLLED')),
  at timestamptz not null,
  constraint student_alias_other check (old_no <> student_no)
);
create index student_alias_student on student_alias (student_no);
