-- A notice about what a provider found lasts as long as the consent under which that was found (INV-10).
alter table notice add column consent_id text references consent (consent_id);
create index notice_consent on notice (consent_id) where consent_id is not null;
update notice n set consent_id = r.consent_id from conduct_record r
where n.subject_subgraph = 'thirdparty' and r.source_id = n.subject_id
  and r.student_no = n.student_no and r.consent_id is not null;

-- The run-time role destroys no key but that of a notice, a record or an appeal that is not there any
-- more: with it no line of the operation log gives a statement, grounds or a reason (3.6).
create function destroy_keys_of_gone(ids uuid[]) returns void language sql security definer
set search_path from current as $$
  delete from record_key k using unnest(ids) as gone (id)
  where k.topic in ('Notice', 'ConductRecord', 'GoodRecord', 'Appeal') and k.key = gone.id::text
    and not exists (select from notice n where n.id = gone.id)
    and not exists (select from conduct_record r where r.id = gone.id)
    and not exists (select from good_record g where g.id = gone.id)
    and not exists (select from appeal p where p.id = gone.id)
$$;
revoke all on function destroy_keys_of_gone(uuid[]) from public;
grant execute on function destroy_keys_of_gone(uuid[]) to :app;
