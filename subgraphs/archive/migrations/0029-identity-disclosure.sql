-- Who disclosed contact or ID number of one student to himself, or compared the latter (F-05). What he
-- saw is not kept: these rows count tries, and are what the student is notified of.
create table identity_disclosure (
  id uuid primary key default gen_random_uuid(),
  student_no text not null references student,
  kind text not null check (kind in ('ID_NUMBER', 'ID_NUMBER_CHECK', 'CONTACT')),
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null
);
create index identity_disclosure_tries on identity_disclosure (recorded_by, recorded_at)
  where kind = 'ID_NUMBER_CHECK';
create index identity_disclosure_student on identity_disclosure (student_no);
