-- A student may have a person look at a grade that rules alone came to (L-08, PIPL 24). Until a person
-- decides, a C or D has no effect for others. Each grade is reviewed once.
create table human_review (
  id uuid primary key default gen_random_uuid(),
  snapshot_id uuid not null,
  student_no text not null references student (student_no),
  grounds text not null,
  requested_at timestamptz not null,
  due_on date not null,
  state text not null check (state in ('REQUESTED', 'UPHELD', 'RECOMPUTED', 'LAPSED')),
  answer text,
  decided_by text,
  decided_on date,
  result_snapshot_id uuid references credit_snapshot (snapshot_id) on delete set null,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  -- A record that is erased takes the snapshots with its line along, and what hangs on these (INV-11).
  foreign key (snapshot_id, student_no) references credit_snapshot (snapshot_id, student_no)
    on delete cascade,
  constraint human_review_once unique (snapshot_id),
  constraint human_review_decided check ((state in ('UPHELD', 'RECOMPUTED'))
    = (decided_by is not null and decided_on is not null and answer is not null)),
  constraint human_review_result
    check (state = 'RECOMPUTED' or result_snapshot_id is null),
  constraint human_review_second_person check (decided_by <> recorded_by)
);
create index human_review_student on human_review (student_no);
create index human_review_waiting on human_review (due_on, id) where state = 'REQUESTED';
select defer_student_keys();

-- Who confirmed a grade does not review it, and who reviewed it does not confirm it.
create function keep_review_apart() returns trigger language plpgsql set search_path from current as $$
begin
  if exists (
    select from human_review h
      join credit_snapshot s on s.snapshot_id = h.snapshot_id
      join credit_snapshot c on c.student_no = s.student_no and c.grade = s.grade
        and c.school_view = s.school_view
      join grade_confirmation g on g.snapshot_id = c.snapshot_id and g.recorded_by = h.decided_by
    where h.student_no = new.student_no)
  then
    raise exception using errcode = 'check_violation', constraint = 'human_review_apart',
      message = 'who confirmed a grade does not review it';
  end if;
  return null;
end $$;
create constraint trigger human_review_apart after insert or update on human_review
  for each row execute function keep_review_apart();
create constraint trigger human_review_apart after insert on grade_confirmation
  for each row execute function keep_review_apart();

-- With a review go the notices about it and the keys of what the log holds of it.
create function erase_beside_review() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  delete from notice where subject_typename = 'HumanReview' and subject_id = old.id::text;
  delete from notice_standing where subject_id = old.id::text;
  delete from record_key where key = old.id::text;
  delete from change_key where target_id = old.id::text;
  return null;
end $$;
create trigger human_review_erased after delete on human_review
  for each row execute function erase_beside_review();
