-- What providers do online: rows that they hand in, findings that two of their people make, and what
-- must be gone once a consent has ended.

-- Student Affairs registers a provider in one step; a file takes two people.
alter table provider
  alter column state set default 'ACTIVE',
  alter column approved_by drop not null,
  alter column approved_at drop not null;

alter table consent
  -- Groups that the consent names; unknown of what was published before they were carried.
  add column field_groups jsonb,
  -- When everything under it was erased, its keys included (3.6).
  add column erased_at timestamptz;
create index consent_ended on consent (expires_at) where erased_at is null;

-- One delivery of rows under a consent: how many came, and no value of theirs.
create table delivery (
  id uuid primary key,
  student_no text not null,
  version integer not null default 1,
  consent_id text not null references consent (consent_id),
  provider text not null references provider (uscc),
  received_at timestamptz not null,
  new_rows integer not null check (new_rows >= 0),
  changed_rows integer not null check (changed_rows >= 0),
  recorded_by text not null,
  recorded_at timestamptz not null
);
create index delivery_consent on delivery (consent_id);

-- Names of the columns as every fact has them; the consent and the provider stand in the finding.
alter table provider_malice_finding rename column proposer to recorded_by;
alter table provider_malice_finding rename column proposed_at to recorded_at;
alter table provider_malice_finding rename column confirmer to approved_by;
alter table provider_malice_finding rename column confirmed_at to approved_at;
alter table provider_malice_finding
  add column consent_id text references consent (consent_id),
  add column provider text references provider (uscc);
update provider_malice_finding f set consent_id = r.consent_id, provider = r.provider
from (select id, consent_id, provider from card_overdraft
  union all select id, consent_id, provider from phone_bill
  union all select id, consent_id, provider from loan_performance) r
where r.id in (f.card_overdraft_id, f.phone_bill_id, f.loan_performance_id);
alter table provider_malice_finding
  alter column consent_id set not null,
  alter column provider set not null;
-- One finding of a row, unless it was dismissed.
create unique index provider_malice_finding_card_once on provider_malice_finding (card_overdraft_id)
  where state <> 'DISMISSED';
create unique index provider_malice_finding_phone_once on provider_malice_finding (phone_bill_id)
  where state <> 'DISMISSED';

-- A finding is of the consent, the provider and the student of its row (T-04).
create function of_own_row() returns trigger language plpgsql as $$
begin
  perform from (
    select id, student_no, consent_id, provider from card_overdraft
    union all select id, student_no, consent_id, provider from phone_bill
    union all select id, student_no, consent_id, provider from loan_performance) r
  where r.id in (new.card_overdraft_id, new.phone_bill_id, new.loan_performance_id)
    and r.student_no = new.student_no and r.consent_id = new.consent_id
    and r.provider = new.provider;
  if not found then
    raise exception 'A finding is of the consent and the provider of its row.'
      using errcode = 'check_violation', constraint = 'provider_malice_finding_of_own_row';
  end if;
  return new;
end $$;
create trigger provider_malice_finding_own before insert on provider_malice_finding
  for each row execute function of_own_row();

-- The run-time role destroys no key but those of deliveries and findings that are not there any more:
-- with them no line of the operation log gives a value (3.6).
create function destroy_keys_of_gone() returns void language sql security definer
set search_path from current as $$
  delete from record_key k
  where (k.topic = 'Delivery' and not exists (select from delivery d where d.id::text = k.key))
    or (k.topic = 'ProviderMaliceFinding'
      and not exists (select from provider_malice_finding f where f.id::text = k.key))
$$;
revoke all on function destroy_keys_of_gone() from public;
grant execute on function destroy_keys_of_gone() to :app;
