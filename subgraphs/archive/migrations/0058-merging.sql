-- Two archives of one person become one (F-07, docs/decisions/0066).
create table student_merge (
  id uuid primary key,
  -- The number that holds.
  student_no text not null references student (student_no) deferrable initially immediate,
  duplicate_no text not null,
  -- Where the other number belonged until then.
  duplicate_college text references org (org_code),
  duplicate_class text references org (org_code),
  duplicate_major text,
  state text not null check (state in ('PROPOSED', 'APPROVED', 'REJECTED')),
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  constraint student_merge_other check (student_no <> duplicate_no),
  constraint student_merge_second_person check (approved_by <> recorded_by),
  constraint student_merge_approved check ((state = 'APPROVED')
    = (approved_by is not null and approved_at is not null and duplicate_college is not null))
);
create index student_merge_student on student_merge (student_no);
-- A number is in one proposal at a time; that it is in none as the other of two is checked under a lock.
create unique index student_merge_one on student_merge (student_no) where state = 'PROPOSED';
create unique index student_merge_duplicate on student_merge (duplicate_no) where state = 'PROPOSED';

-- Who has become part of another signs in as nobody by the number that he had (G7.2b).
alter table student_alias add column signs_in boolean not null default true;

-- What was promised under a number that was merged stands beside what was promised under the other.
alter table commitment add column former_no text;
drop index commitment_entry_once;
create unique index commitment_entry_once on commitment (student_no)
  where matter = 'ENTRY' and state in ('OFFERED', 'SIGNED', 'IN_FORCE') and former_no is null;
drop index commitment_once;
create unique index commitment_once
  on commitment (student_no, owner_office, matter, coalesce(business_ref, ''))
  where matter <> 'ENTRY' and former_no is null
    and state in ('OFFERED', 'SIGNED', 'IN_FORCE', 'BREACH_REPORTED', 'RECTIFYING');

insert into merge_rule (table_name, rule) values
  -- People settle these first: each is a matter of its own under either number.
  ('appeal', 'REFUSE'),
  ('change_request', 'REFUSE'),
  ('key_attention', 'REFUSE'),
  ('student_merge', 'REFUSE'),
  ('student_renumbering', 'REFUSE'),
  ('subject_request', 'REFUSE'),
  -- What is said of the person twice is the same.
  ('case_decision', 'SAME'),
  ('graduation', 'SAME'),
  ('graduation_remark', 'SAME'),
  -- Said by one number is said of the person.
  ('case_block', 'KEEP'),
  ('case_student', 'KEEP'),
  -- A simulation alone: of an official run one takes the place of the other.
  ('credit_snapshot', 'KEEP'),
  ('excuse_told', 'KEEP'),
  ('relation_declaration', 'KEEP'),
  ('signing_reminder', 'KEEP'),
  ('steward_assignment', 'KEEP');

-- Entries of two numbers that are the same entry.
create function same_entries(was text, becomes text)
returns table (id uuid, of_entry uuid, is_equal boolean) language sql stable as $$
  select w.id, b.entry_id, (w.state, w.organisation, w.role, w.end_on, w.detail)
    is not distinct from (b.state, b.organisation, b.role, b.end_on, b.detail)
  from self_entry w join self_entry b
    on (b.kind, b.title, b.start_on) = (w.kind, w.title, w.start_on)
  where w.student_no = was and b.student_no = becomes
    and w.state in ('DRAFT', 'SUBMITTED', 'IN_REVIEW', 'RETURNED', 'APPROVED')
    and b.state in ('DRAFT', 'SUBMITTED', 'IN_REVIEW', 'RETURNED', 'APPROVED')
$$;

-- Tables in which something of two numbers meets that people settle first.
create function merge_obstacles(was text, becomes text) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  select c.table_name from colliding_rows(was, becomes) c join merge_rule r using (table_name)
  where r.rule = 'REFUSE' or (r.rule = 'SAME' and not c.is_equal)
  union
  select 'self_entry' from same_entries(was, becomes) where not is_equal
  union
  -- A proposal of either, in whichever place it names him.
  select 'student_renumbering' from student_renumbering
  where student_no in (was, becomes) and state = 'PROPOSED'
  union
  select 'student_merge' from student_merge m
  where m.state = 'PROPOSED' and (m.student_no, m.duplicate_no) <> (becomes, was)
    and (m.student_no in (was, becomes) or m.duplicate_no in (was, becomes))
  union
  -- What he graduated by is a list that academic affairs published under that number.
  select 'graduation' from graduation g
  where g.student_no = was and not exists (select from graduation o where o.student_no = becomes)
  union
  -- It would correct what the other number says.
  select 'appeal' from appeal a
  where a.student_no = was and a.target_typename = 'Student' and a.state in
    ('FILED', 'ACCEPTED', 'INVESTIGATING', 'REVOKE_PROPOSED', 'ESCALATED', 'COMMITTEE_REVIEW')
  union
  -- Whoever evaluates one of the two would read of both.
  select 'case_student' from case_student s join evaluation_case c using (case_id)
  where s.student_no in (was, becomes) and c.state in ('DRAFT', 'OPEN', 'IN_EVALUATION')
    and (select count(*) from case_student o
      where o.case_id = s.case_id and o.student_no in (was, becomes)) = 1
$$;

-- What both have becomes one's. What is computed, published or changed by actions of its own is the caller's.
create function merge_in_archive(was text, becomes text, instant timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one record;
begin
  if not exists (select from student_merge m
      where m.duplicate_no = was and m.student_no = becomes and m.state = 'APPROVED') then
    raise exception 'No merge is approved.' using errcode = 'check_violation';
  end if;
  set constraints all deferred;
  -- An account that is closed says so in the log alone: its number signs in no more.
  delete from account where student_no = was;
  update student_alias set signs_in = false where student_no = was;
  update commitment set former_no = was where student_no = was and former_no is null;
  -- Of a run that judged both, the snapshot of the number that holds takes the place of the other.
  update credit_snapshot s set supersedes = tail.snapshot_id
  from credit_snapshot root, credit_snapshot tail
  where s.student_no = becomes and s.supersedes is null and s.run_id is not null
    and s.kind = 'OFFICIAL' and root.student_no = was and root.run_id = s.run_id and root.supersedes is null
    and tail.student_no = was and tail.run_id = s.run_id
    and not exists (select from credit_snapshot d where d.supersedes = tail.snapshot_id);
  for one in select * from same_entries(was, becomes) loop
    update self_entry set state = 'SUPERSEDED', duplicate_of = one.of_entry, version = version + 1
    where id = one.id;
    perform log_merged(instant, 'self_entry', one.id::text, becomes);
  end loop;
  update parked_event set payload = jsonb_set(payload, '{studentNo}', to_jsonb(becomes))
  where payload->>'studentNo' = was;
  delete from student where student_no = was;
  insert into student_alias (old_no, student_no, kind, at, signs_in)
  values (was, becomes, 'MERGED', instant, false);
  perform renumber_student(was, becomes, instant);
end $$;

revoke execute on function renumber_student(text, text, timestamptz) from :app;
revoke all on function same_entries(text, text) from public, :app;
revoke all on function merge_obstacles(text, text) from public;
revoke all on function merge_in_archive(text, text, timestamptz) from public;
grant execute on function merge_obstacles(text, text) to :app;
grant execute on function merge_in_archive(text, text, timestamptz) to :app;
