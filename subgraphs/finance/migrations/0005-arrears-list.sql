-- The list of students in arrears (G6.3), as one person drew it up and another published it. A name on
-- it is not misconduct (T-01).
create table arrears_list (
  id uuid primary key,
  version integer not null default 1,
  -- Day as of which its bills were overdue without any explanation.
  as_on date not null,
  state text not null check (state in ('PROPOSED', 'PUBLISHED')),
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  constraint arrears_list_second_person check (approved_by <> recorded_by),
  constraint arrears_list_published check ((state = 'PUBLISHED') = (approved_by is not null)
    and (approved_by is null) = (approved_at is null))
);
create index arrears_list_latest on arrears_list (recorded_at desc, id);
create table arrears_list_line (
  list_id uuid not null references arrears_list (id),
  bill_no text not null references bill (bill_no),
  primary key (list_id, bill_no)
);
create index arrears_list_line_bill on arrears_list_line (bill_no);

-- What a clerk proposes to the archive, which alone decides on malice (T-01, R-MAL).
create table malice_proposal (
  id uuid primary key,
  student_no text not null,
  version integer not null default 1,
  bill_no text not null references bill (bill_no),
  -- Day by which it was to be paid, and the documents that prove the two other tests.
  due_on date not null,
  ability_doc_no text not null check (ability_doc_no <> ''),
  reason_doc_no text not null check (reason_doc_no <> ''),
  severity text not null check (severity in ('S1', 'S2', 'S3')),
  state text not null check (state in ('PROPOSED', 'FOUND', 'DISMISSED')),
  recorded_by text not null,
  recorded_at timestamptz not null
);
create index malice_proposal_student on malice_proposal (student_no);
-- One at a time on a bill.
create unique index malice_proposal_open on malice_proposal (bill_no) where state = 'PROPOSED';
