-- A wrong draft is withdrawn before its student was notified of it, and he never learns of it.
alter table sanction
  drop constraint sanction_state_check,
  add constraint sanction_state_check check (state in ('DRAFT', 'WITHDRAWN', 'NOTICE_GIVEN', 'HEARD',
    'DECIDED', 'SERVED', 'APPEALED', 'EFFECTIVE', 'TERM_RUNNING', 'LIFTED', 'ANNULLED')),
  drop constraint sanction_hearing,
  add constraint sanction_hearing check (state in ('DRAFT', 'WITHDRAWN') or notified_on is not null),
  drop constraint sanction_decided,
  add constraint sanction_decided check (
    state in ('DRAFT', 'WITHDRAWN', 'NOTICE_GIVEN', 'HEARD', 'ANNULLED')
    or (decided_on is not null and doc_no is not null and approved_by is not null
      and (type = 'EXPULSION' or term_months is not null)));

-- As in 0050; a sanction that no record names any more, or not yet, goes with those that it names itself.
create or replace function erase_old_records(numbers uuid[], ended date, today date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  ours uuid[];
  closed uuid[];
  snapshots uuid[];
  appeals uuid[];
  warnings uuid[];
  supervisions uuid[];
  attended uuid[];
  measures uuid[];
  repairs uuid[];
  notices uuid[];
  decisions uuid[];
  changes uuid[];
  submissions uuid[];
  gone text[];
begin
  select coalesce(array_agg(r.id), '{}') into ours from conduct_record r
  where r.id = any(numbers) and coalesce(r.ended_on, r.occurred_on) <= ended
    and (r.bill_no is null or r.cured_on <= ended);
  select coalesce(array_agg(s.id), '{}') into closed from sanction s
  where (s.record_ids && ours::text[]
      or s.id in (select r.sanction_id from conduct_record r where r.id = any(ours)))
    and not exists (select from conduct_record r
      where (r.sanction_id = s.id or r.id::text = any(s.record_ids)) and r.id <> all(ours));
  select coalesce(array_agg(s.snapshot_id), '{}') into snapshots from credit_snapshot s
  where s.student_no in (select r.student_no from conduct_record r where r.id = any(ours))
    and exists (select from jsonb_array_elements(
        coalesce(s.full_view->'lines', '[]') || coalesce(s.school_view->'lines', '[]')) l
      where l->>'recordId' = any(ours::text[]));
  select coalesce(array_agg(p.id), '{}') into appeals from appeal p
  where p.record_id = any(ours) or p.sanction_id = any(closed) or p.snapshot_id = any(snapshots);
  select coalesce(array_agg(w.id), '{}') into warnings from warning w
  where w.sanction_id = any(closed) or w.snapshot_id = any(snapshots)
    or (exists (select from warning_record l where l.warning_id = w.id and l.record_id = any(ours))
      and not exists (select from warning_record l where l.warning_id = w.id and l.record_id <> all(ours)));
  select coalesce(array_agg(s.id), '{}') into supervisions from supervision s
  where s.snapshot_id = any(snapshots);
  select coalesce(array_agg(k.id), '{}') into attended from key_attention k
  where exists (select from key_attention_record l
      where l.key_attention_id = k.id and l.record_id = any(ours))
    and not exists (select from key_attention_record l
      where l.key_attention_id = k.id and l.record_id <> all(ours));
  select coalesce(array_agg(m.id), '{}') into measures from measure m
  where exists (select from measure_record l where l.measure_id = m.id and l.record_id = any(ours))
    and not exists (select from measure_record l
      where l.measure_id = m.id and l.record_id <> all(ours));
  select coalesce(array_agg(p.id), '{}') into repairs from repair_application p
  where exists (select from repair_record l where l.repair_id = p.id and l.record_id = any(ours))
    and not exists (select from repair_record l where l.repair_id = p.id and l.record_id <> all(ours));
  select coalesce(array_agg(u.id), '{}') into decisions from upper_decision u
  where u.record_id = any(ours);
  select coalesce(array_agg(s.id), '{}') into submissions from submission s
  where s.record_id = any(ours);
  select coalesce(array_agg(n.id), '{}') into notices from notice n
  where n.record_id = any(ours) or n.sanction_id = any(closed) or n.appeal_id = any(appeals)
    or n.subject_id = any((ours || closed || appeals || warnings || attended || measures || repairs)::text[])
    or exists (select from conduct_record r where r.id = any(ours) and r.student_no = n.student_no
      and r.source_subgraph = n.subject_subgraph and r.source_id = n.subject_id);
  select coalesce(array_agg(c.id), '{}') into changes from change_request c
  where c.target_id = any(ours::text[]) or exists (select from conduct_record r
    where r.id = any(ours) and r.source_id = c.target_id);
  gone := (ours || changes || closed || appeals || warnings || supervisions || attended || measures || repairs
    || notices || decisions || submissions)::text[];

  delete from parked_event e using conduct_record r
  where r.id = any(ours) and e.source = r.source_subgraph and e.key like '%' || r.source_id;
  delete from notice where id = any(notices);
  delete from case_decision d using appeal p
  where p.id = any(appeals) and d.case_id = p.case_id and d.student_no = p.student_no;
  delete from case_block b using appeal p
  where p.id = any(appeals) and b.case_id = p.case_id and b.student_no = p.student_no;
  delete from case_student c using appeal p
  where p.id = any(appeals) and c.case_id = p.case_id and c.student_no = p.student_no;
  delete from appeal where id = any(appeals);
  delete from warning where id = any(warnings);
  delete from supervision where id = any(supervisions);
  delete from key_attention where id = any(attended);
  delete from measure where id = any(measures);
  delete from repair_application where id = any(repairs);
  delete from grade_confirmation where snapshot_id = any(snapshots);
  delete from change_request where id = any(changes);
  delete from credit_snapshot where snapshot_id = any(snapshots);
  delete from conduct_record where id = any(ours);
  delete from sanction where id = any(closed);
  delete from notice_standing where subject_id = any(gone);
  delete from record_key where key = any(gone);
  delete from change_key where target_id = any(gone);
  insert into erased_record (record_id, erased_on) select unnest(ours), today on conflict do nothing;
end $$;
