-- Students who change college or number (F-07, G19.1, docs/decisions/0059).
select defer_student_keys();
insert into student_column values
  -- Whom a login names, and who brought a file in: the student himself.
  ('account', 'subject', true),
  ('file', 'uploaded_by', true),
  -- Logs stay as they were written, and counts of an hour or a day as they were counted.
  ('access_event', 'student_no', false),
  ('age_refusal', 'student_no', false),
  ('access_review', 'student_no', false),
  ('opened_student', 'student_no', false);
insert into former_number
  select old_no, student_no from student_alias a
  where not exists (select from student s where s.student_no = a.old_no);

-- A number that somebody had is nobody else's, for ever.
create function student_number_is_new() returns trigger language plpgsql as $$
begin
  if exists (select from student_alias a where a.old_no = new.student_no and a.kind <> 'REENROLLED')
  then
    raise exception 'The number was that of another student.'
      using errcode = 'unique_violation', constraint = 'student_number_is_new', table = 'student';
  end if;
  return new;
end $$;
create trigger student_number_is_new before insert or update of student_no on student
  for each row execute function student_number_is_new();

-- The rows of the archive, and with them what two numbers would say twice.
create function renumber_in_archive(was text, becomes text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from relation_declaration r where r.student_no = was and exists (
    select from relation_declaration o where o.staff_no = r.staff_no and o.student_no = becomes);
  -- What waits for the roll.
  update parked_event set payload = jsonb_set(payload, '{studentNo}', to_jsonb(becomes))
  where payload->>'studentNo' = was;
  perform renumber_student(was, becomes);
end $$;
revoke all on function renumber_in_archive(text, text) from public;
grant execute on function renumber_in_archive(text, text) to :app;
revoke execute on function renumber_student(text, text) from :app;

-- A change of the number: proposed by one person, decided by another.
create table student_renumbering (
  id uuid primary key,
  student_no text not null references student (student_no) deferrable initially immediate,
  old_no text not null,
  new_no text not null check (new_no ~ '^[0-9]{10}$'),
  state text not null check (state in ('PROPOSED', 'APPROVED', 'REJECTED')),
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  constraint student_renumbering_other check (old_no <> new_no),
  constraint student_renumbering_second_person check (approved_by <> recorded_by),
  constraint student_renumbering_approved check
    ((state = 'APPROVED') = (approved_by is not null and approved_at is not null))
);
create index student_renumbering_student on student_renumbering (student_no);
-- One at a time of a student, and of a number.
create unique index student_renumbering_one on student_renumbering (student_no)
  where state = 'PROPOSED';
create unique index student_renumbering_number on student_renumbering (new_no)
  where state = 'PROPOSED';

-- A change of college: what is here is what was, the student says what is.
create table student_transfer (
  id uuid primary key,
  student_no text not null references student (student_no) deferrable initially immediate,
  from_college text not null references org (org_code),
  from_class text not null references org (org_code),
  from_major text not null,
  to_college text not null references org (org_code),
  to_class text not null references org (org_code),
  to_major text not null,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  constraint student_transfer_other check (from_college <> to_college)
);
create index student_transfer_student on student_transfer (student_no, recorded_at desc);
revoke update, delete on student_transfer from :app;
