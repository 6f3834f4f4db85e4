-- What came in under a consent stays under it when the number of its student changes (F-07): that it may
-- stand was checked when it came, and a consent that ends takes it away.
select defer_student_keys();
create or replace function under_consent() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and is_renumbering(to_jsonb(old), to_jsonb(new)) then
    return new;
  end if;
  perform from consent c
  where c.consent_id = new.consent_id and c.student_no = new.student_no
    and c.recipient_uscc = new.provider and c.purpose = tg_argv[0] and c.withdrawn_at is null
    and c.granted_at <= new.approved_at and c.expires_at > new.approved_at
  for share;
  if not found then
    raise exception 'No consent in force covers this row (INV-10).'
      using errcode = 'check_violation', constraint = 'consent_in_force';
  end if;
  perform from provider p
  where p.uscc = new.provider and p.kind = any (string_to_array(tg_argv[1], ','))
    and p.state = 'ACTIVE'
    and p.licence_until >= (new.approved_at at time zone interval '8 hours')::date
  for share;
  if not found then
    raise exception 'The provider has no valid licence for this row (G3.2).'
      using errcode = 'check_violation', constraint = 'provider_licensed';
  end if;
  return new;
end $$;
