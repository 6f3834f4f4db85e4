-- A grade of C or D stands for others once two people have confirmed it: the college, then Student
-- Affairs (2.4, L-08).
create table grade_confirmation (
  id uuid primary key default gen_random_uuid(),
  snapshot_id uuid not null,
  student_no text not null,
  level text not null check (level in ('COLLEGE', 'SCHOOL')),
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  foreign key (snapshot_id, student_no) references credit_snapshot (snapshot_id, student_no),
  constraint grade_confirmation_once unique (snapshot_id, level),
  constraint grade_confirmation_two_people unique (snapshot_id, recorded_by)
);
create index grade_confirmation_student on grade_confirmation (student_no);
revoke update, delete on grade_confirmation from :app;

-- A snapshot never changes (INV-08), but for this: that what it says was confirmed, by two.
create function confirm_grade(confirmed uuid) returns void language sql security definer
set search_path from current as $$
  update credit_snapshot s set state = 'CONFIRMED'
  from credit_snapshot c
  where c.snapshot_id = confirmed and s.student_no = c.student_no and s.state = 'PENDING'
    and s.grade = c.grade and s.school_view = c.school_view
    and (select count(distinct g.level) from grade_confirmation g where g.snapshot_id = confirmed) = 2
$$;
revoke all on function confirm_grade(uuid) from public;
grant execute on function confirm_grade(uuid) to :app;
