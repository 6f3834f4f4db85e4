-- The provider register, the consents under which rows may stand, and the rows.

-- G3.2: independent, professional, licensed. A public register; no student stands in it.
create table provider (
  uscc text primary key,
  name text not null,
  kind text not null check (kind in ('BANK', 'TELECOM', 'LOAN', 'CREDIT_AGENCY')),
  licence_no text not null,
  licence_until date not null,
  state text not null check (state in ('ACTIVE', 'SUSPENDED', 'ENDED')),
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null
);
create index provider_name on provider (name, uscc);

-- Told by the archive's feed: the consents that may carry rows, and no others.
create table consent (
  consent_id text primary key,
  student_no text not null,
  purpose text not null,
  recipient_uscc text not null,
  granted_at timestamptz not null,
  expires_at timestamptz not null,
  withdrawn_at timestamptz,
  version integer not null
);
create index consent_student on consent (student_no, purpose);
create index consent_recipient on consent (recipient_uscc, consent_id);

-- INV-10, G3.2: a row enters under a consent in force, of its student, for its provider and its
-- purpose, and from a provider of the right kind whose licence is valid. Arguments: the purpose, the
-- kinds. `for share`: a withdrawal that arrives meanwhile waits, and then finds the row.
create function under_consent() returns trigger language plpgsql as $$
begin
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

create table card_overdraft (
  id uuid primary key default gen_random_uuid(),
  student_no text not null,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  evidence jsonb not null default '[]',
  consent_id text not null references consent (consent_id),
  provider text not null references provider (uscc),
  card_tail4 text not null check (card_tail4 ~ '^\d{4}$'),
  statement_on date not null,
  overdue_fen integer not null check (overdue_fen >= 0),
  overdue_days integer not null check (overdue_days >= 0),
  settled_on date,
  constraint card_overdraft_second_person check (approved_by <> recorded_by),
  unique (consent_id, card_tail4, statement_on)
);
create index card_overdraft_student on card_overdraft (student_no, statement_on);
create index card_overdraft_provider on card_overdraft (provider, statement_on, id);
create trigger card_overdraft_consent before insert or update on card_overdraft
  for each row execute function under_consent('THIRD_PARTY_COLLECT', 'BANK,CREDIT_AGENCY');

create table phone_bill (
  id uuid primary key default gen_random_uuid(),
  student_no text not null,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  evidence jsonb not null default '[]',
  consent_id text not null references consent (consent_id),
  provider text not null references provider (uscc),
  msisdn_tail4 text not null check (msisdn_tail4 ~ '^\d{4}$'),
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  amount_fen integer not null check (amount_fen >= 0),
  paid_on date,
  overdue_days integer not null check (overdue_days >= 0),
  -- Henan 27: what is not confirmed is data and can be put to no finding.
  confirmed boolean not null,
  constraint phone_bill_second_person check (approved_by <> recorded_by),
  unique (consent_id, msisdn_tail4, month)
);
create index phone_bill_student on phone_bill (student_no, month);
create index phone_bill_provider on phone_bill (provider, month, id);
create trigger phone_bill_consent before insert or update on phone_bill
  for each row execute function under_consent('THIRD_PARTY_COLLECT', 'TELECOM,CREDIT_AGENCY');

create table loan_performance (
  id uuid primary key default gen_random_uuid(),
  student_no text not null,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  evidence jsonb not null default '[]',
  consent_id text not null references consent (consent_id),
  provider text not null references provider (uscc),
  contract_no_masked text not null check (contract_no_masked ~ '\*{3}'),
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  state text not null check (state in
    ('CURRENT', 'OVERDUE_1_30', 'OVERDUE_31_90', 'OVERDUE_90_PLUS')),
  settled boolean not null,
  constraint loan_performance_second_person check (approved_by <> recorded_by),
  unique (consent_id, contract_no_masked, month)
);
create index loan_performance_student on loan_performance (student_no, month);
create index loan_performance_provider on loan_performance (provider, month, id);
create trigger loan_performance_consent before insert or update on loan_performance
  for each row execute function under_consent('POSTGRAD_LOAN', 'LOAN,BANK,CREDIT_AGENCY');

-- A provider's finding that a row was malice: two people of the provider, a document, and the
-- student's statement (T-04, L-04). It goes with its row.
create table provider_malice_finding (
  id uuid primary key default gen_random_uuid(),
  student_no text not null,
  version integer not null default 1,
  card_overdraft_id uuid references card_overdraft (id) on delete cascade,
  phone_bill_id uuid references phone_bill (id) on delete cascade,
  loan_performance_id uuid references loan_performance (id) on delete cascade,
  doc_no text not null check (doc_no <> ''),
  finding_on date not null,
  student_statement text,
  proposer text not null,
  proposed_at timestamptz not null,
  confirmer text,
  confirmed_at timestamptz,
  state text not null check (state in ('PROPOSED', 'NOTIFIED', 'FOUND', 'DISMISSED')),
  constraint provider_malice_finding_of_one_row check
    (num_nonnulls(card_overdraft_id, phone_bill_id, loan_performance_id) = 1),
  constraint provider_malice_finding_second_person check (confirmer <> proposer),
  constraint provider_malice_finding_found check (state <> 'FOUND'
    or (student_statement is not null and confirmer is not null and confirmed_at is not null))
);
create index provider_malice_finding_student on provider_malice_finding (student_no, finding_on);
create index provider_malice_finding_card on provider_malice_finding (card_overdraft_id);
create index provider_malice_finding_phone on provider_malice_finding (phone_bill_id);
create index provider_malice_finding_loan on provider_malice_finding (loan_performance_id);
