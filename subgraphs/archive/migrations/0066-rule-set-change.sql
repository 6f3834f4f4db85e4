-- Rule sets are drafted, commented on, resolved by a meeting, back-tested and activated by mutations
-- (4.8). The set that the product is installed with has its numbers in a file; those of all others stand
-- here and never change: a comment, a resolution and a back-test are of the text with this digest.
alter table rule_set
  add column id uuid not null default gen_random_uuid() unique,
  add column revision integer not null default 1,
  add column parameters text,
  add column sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  add column comment_from date,
  add column comment_until date,
  add column resolution_no text references resolution (resolution_no),
  add column recorded_by text,
  add column recorded_at timestamptz,
  add column approved_by text,
  add column approved_at timestamptz,
  add column activated_by text,
  add column back_test_id uuid,
  add constraint rule_set_digest check ((parameters is null) = (sha256 is null)),
  add constraint rule_set_comment check ((comment_from is null) = (comment_until is null)
    and comment_until > comment_from),
  add constraint rule_set_resolved check (approved_by is null
    or (resolution_no is not null and approved_by_meeting_id is not null)),
  add constraint rule_set_second_person
    check (approved_by <> recorded_by and activated_by <> recorded_by);

create function keep_rule_set() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (old.version, old.parameters, old.sha256, old.recorded_by)
      is distinct from (new.version, new.parameters, new.sha256, new.recorded_by)
    or old.state not in ('DRAFT', 'REVIEW') and (old.approved_by_meeting_id, old.resolution_no,
        old.approved_by, old.comment_from, old.comment_until)
      is distinct from (new.approved_by_meeting_id, new.resolution_no, new.approved_by,
        new.comment_from, new.comment_until)
    or old.state in ('ACTIVE', 'RETIRED') and old.effective_from is distinct from new.effective_from
  then
    raise exception using errcode = 'check_violation', constraint = 'rule_set_immutable',
      message = 'a rule set does not change';
  end if;
  return new;
end $$;
create trigger rule_set_immutable before update or delete on rule_set
  for each row execute function keep_rule_set();

-- What every student's grade is by the set in force and would be by another, on one day.
create table rule_set_back_test (
  id uuid primary key default gen_random_uuid(),
  rule_set text not null references rule_set (version),
  sha256 text not null,
  -- The set that it is compared with.
  compared_with text not null references rule_set (version),
  on_day date not null,
  computed_at timestamptz not null,
  students integer not null,
  -- [{college, cohort, grade, before, after}], in which what is below ten is null.
  spread jsonb not null
);
create index rule_set_back_test_of on rule_set_back_test (rule_set, computed_at desc);
revoke update, delete on rule_set_back_test from :app;
alter table rule_set add foreign key (back_test_id) references rule_set_back_test (id);
-- Every student whose grade would be another.
create table rule_set_grade_change (
  id uuid primary key default gen_random_uuid(),
  back_test_id uuid not null references rule_set_back_test (id) on delete cascade,
  student_no text not null references student (student_no),
  grade_before text not null check (grade_before in ('A', 'B', 'C', 'D')),
  grade_after text not null check (grade_after in ('A', 'B', 'C', 'D')),
  constraint rule_set_grade_change_differs check (grade_before <> grade_after),
  unique (back_test_id, student_no)
);
create index rule_set_grade_change_student on rule_set_grade_change (student_no);
select defer_student_keys();
