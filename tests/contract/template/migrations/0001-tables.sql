-- Books that students have borrowed.
create table loan (
  id uuid primary key,
  student_no text not null,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  evidence jsonb not null default '[]',
  title text not null,
  due_on date not null,
  constraint loan_second_person check (approved_by <> recorded_by)
);
create index loan_student on loan (student_no, due_on);
