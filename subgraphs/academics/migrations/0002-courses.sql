-- The courses that the school offers (G6.2): what a grade may name. No field of the graph shows them.
create table course (
  course_code text primary key,
  name text not null,
  credits numeric(4, 1) not null check (credits >= 0),
  kind text not null check (kind in ('COMPULSORY', 'ELECTIVE', 'PUBLIC', 'PRACTICE')),
  department text,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  constraint course_second_person check (approved_by <> recorded_by)
);
