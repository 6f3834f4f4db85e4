-- A case is drafted by one person and opened by another (G21, 3.8).
alter table evaluation_case alter column approved_by drop not null,
  alter column approved_at drop not null,
  add constraint evaluation_case_opened check (state in ('DRAFT', 'CANCELLED') or approved_by is not null);

-- An evaluator says whether he is related before he decides (G20.2, F-02).
alter table case_assignment add column declared_at timestamptz,
  add column version integer not null default 1;

-- A decision can be changed until the case is concluded.
alter table case_decision add column id uuid not null default gen_random_uuid() unique,
  add column version integer not null default 1;

-- What blocks the purpose of a case for one student, confirmed by an evaluator (4.6).
create table case_block (
  id uuid primary key default gen_random_uuid(),
  case_id text not null,
  student_no text not null,
  code text not null,
  clause text not null,
  version integer not null default 1,
  confirmed_by text not null,
  confirmed_at timestamptz not null,
  foreign key (case_id, student_no) references case_student (case_id, student_no),
  constraint case_block_once unique (case_id, student_no, code)
);
revoke update, delete on case_block from :app;
