-- What a finding of malice needs before the archive is told of it, and P-10.

-- L-04: the student was told before; the severity is within the range of the indicator (INV-04).
alter table provider_malice_finding
  add column severity text check (severity in ('S1', 'S2')),
  add column notified_at timestamptz,
  add constraint provider_malice_finding_severity check (severity = 'S1' or phone_bill_id is null),
  add constraint provider_malice_finding_told check
    (state <> 'FOUND' or (severity is not null and notified_at is not null));

-- Henan 27: a phone bill that its operator did not confirm can be put to no finding.
create function of_confirmed_bill() returns trigger language plpgsql as $$
begin
  if new.state = 'DISMISSED' then
    return new;
  end if;
  perform from phone_bill b where b.id = new.phone_bill_id and not b.confirmed for share;
  if found then
    raise exception 'A bill that is not confirmed can be put to no finding (Henan 27).'
      using errcode = 'check_violation', constraint = 'phone_bill_confirmed';
  end if;
  return new;
end $$;
create trigger provider_malice_finding_confirmed before insert or update on provider_malice_finding
  for each row execute function of_confirmed_bill();

-- P-10: twelve months in a row of one contract, paid in time, as the archive was last told.
create table punctual_year (
  id uuid not null default gen_random_uuid(),
  consent_id text not null references consent (consent_id),
  msisdn_tail4 text not null,
  student_no text not null,
  provider text not null,
  -- Day of the payment that made the year whole; null when a correction left none.
  reached_on date,
  version integer not null default 1,
  primary key (consent_id, msisdn_tail4)
);
