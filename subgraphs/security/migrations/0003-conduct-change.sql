-- The number of what is closed or sealed can be used again: else whoever may not know of it would find it
-- out (T-03, 3.7(15)).
alter table law_violation drop constraint law_violation_case_no_key;
create unique index law_violation_number on law_violation (case_no) where state not in
  ('DISMISSED', 'REPAIRED', 'LIFTED', 'EXPIRED', 'REVOKED', 'SEALED');

-- INV-03: nobody is NOTIFIED without a notice that was delivered (F-01).
alter table law_violation add constraint law_violation_notified check
  (state in ('PROPOSED', 'DISMISSED') or notified_on is not null);

-- Keys of what is sealed or gone, and no others: the run-time role deletes no key itself (3.6, T-03,
-- INV-05). A key stands in the transaction of its row.
create function destroy_keys() returns void language sql security definer
  set search_path = public, pg_temp as $$
  delete from record_key k where k.topic = 'LawViolation'
    and not exists (select from law_violation v where v.id::text = k.key);
  delete from record_key k where k.topic = 'Material'
    and not exists (select from material m join law_violation v on v.id = m.law_violation_id
      where m.id::text = k.key and v.state <> 'SEALED');
$$;
revoke execute on function destroy_keys() from public;
grant execute on function destroy_keys() to :app;
