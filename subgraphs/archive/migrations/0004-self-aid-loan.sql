-- What students say of themselves, and the aid and loans that they get (G8.2, G8.3, DOMAIN 2.2, 2.5).

-- A self-reported entry: one row a version, so that nothing that was shown is overwritten.
create table self_entry (
  id uuid primary key default gen_random_uuid(),
  -- The same for all versions of one entry.
  entry_id uuid not null,
  version integer not null,
  student_no text not null references student (student_no),
  kind text not null check (kind in ('BASIC', 'EDUCATION', 'TRAINING', 'PROJECT', 'POST',
    'INTERNSHIP', 'WORKSTUDY', 'EMPLOYMENT', 'CERTIFICATE', 'EXCHANGE')),
  title text not null,
  organisation text,
  role text,
  start_on date not null,
  end_on date,
  -- Typed by kind (2.5).
  detail jsonb not null,
  -- Documents of the student's own.
  proofs jsonb not null default '[]',
  state text not null check (state in ('DRAFT', 'SUBMITTED', 'IN_REVIEW', 'RETURNED', 'REJECTED',
    'APPROVED', 'SUPERSEDED', 'WITHDRAWN')),
  reviewer text,
  review_comment text,
  duplicate_of uuid,
  evidence jsonb not null default '[]',
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  constraint self_entry_second_person check (approved_by <> recorded_by),
  constraint self_entry_days check (end_on >= start_on),
  constraint self_entry_proven check (kind not in ('POST', 'CERTIFICATE', 'PROJECT', 'EXCHANGE')
    or state = 'DRAFT' or jsonb_array_length(proofs) > 0),
  -- 2.4: what is sent back or turned down says why.
  constraint self_entry_reason check (state not in ('RETURNED', 'REJECTED')
    or review_comment is not null),
  unique (entry_id, version),
  unique (student_no, kind, title, start_on, version)
);
create index self_entry_waiting on self_entry (recorded_at, id)
  where state in ('SUBMITTED', 'IN_REVIEW');

-- In which hardship facts may be read (F-04, note 9).
create table aid_round (
  round_id text primary key,
  academic_year text not null check (academic_year ~ '^\d{4}-\d{4}$'),
  org_codes jsonb not null check (jsonb_array_length(org_codes) > 0),
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  state text not null check (state in ('OPEN', 'CLOSED')),
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  constraint aid_round_second_person check (approved_by <> recorded_by),
  constraint aid_round_window check (closes_at > opens_at)
);
create index aid_round_year on aid_round (academic_year);

create table aid_record (
  id uuid primary key default gen_random_uuid(),
  aid_no text not null unique,
  student_no text not null references student (student_no),
  kind text not null check (kind in ('NATIONAL_GRANT', 'HARDSHIP', 'WORK_STUDY', 'TUITION_WAIVER',
    'SCHOLARSHIP', 'TEMPORARY')),
  academic_year text not null check (academic_year ~ '^\d{4}-\d{4}$'),
  amount_fen integer check (amount_fen >= 0),
  hardship_level text check (hardship_level in ('SPECIAL', 'HARD', 'GENERAL')),
  factors jsonb not null default '[]',
  decided_on date not null,
  evidence jsonb not null default '[]',
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  constraint aid_record_second_person check (approved_by <> recorded_by),
  constraint aid_record_hardship check (hardship_level is not null
    or (kind <> 'HARDSHIP' and jsonb_array_length(factors) = 0))
);
create index aid_record_student on aid_record (student_no, academic_year);

-- Aid with the rounds of its year, so that IN_AID_ROUND is a condition on the row.
create view aid_fact as
select a.*, array(select r.round_id from aid_round r where r.academic_year = a.academic_year)
  as round_ids
from aid_record a;

create table loan_record (
  id uuid primary key default gen_random_uuid(),
  loan_no text not null unique,
  student_no text not null references student (student_no),
  kind text not null check (kind in ('CAMPUS', 'ORIGIN')),
  -- The whole number never stands here.
  contract_no_masked text,
  bank_uscc text not null,
  principal_fen integer not null check (principal_fen > 0),
  year integer not null,
  state text not null check (state in ('APPLIED', 'APPROVED', 'SIGNED', 'DISBURSED', 'IN_SCHOOL',
    'HANDED_OVER', 'CLOSED')),
  info_truth_check text not null check (info_truth_check in ('PASS', 'FAIL', 'PENDING')),
  evidence jsonb not null default '[]',
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  constraint loan_record_second_person check (approved_by <> recorded_by)
);
create index loan_record_student on loan_record (student_no, year);
