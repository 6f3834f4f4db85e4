-- Commitments are offered, checked, reported as broken and decided on (Z5.2.2 to Z5.2.4, 2.4).

-- Until when an offer may be signed; `due_on` is the day by which it is to be kept.
alter table commitment
  add column sign_by date,
  add constraint commitment_days check (due_on >= sign_by);

-- One promise at a time to an office in a matter, for one piece of its business. Of entry: `commitment_entry_once`.
create unique index commitment_once
  on commitment (student_no, owner_office, matter, coalesce(business_ref, ''))
  where matter <> 'ENTRY'
    and state in ('OFFERED', 'SIGNED', 'IN_FORCE', 'BREACH_REPORTED', 'RECTIFYING');
create index commitment_queue on commitment (owner_office, recorded_at, id);

-- Offers to numbers of whom the office may not know whether they are anybody's: a job makes the
-- commitments of those who exist, and deletes the row.
create table commitment_offer (
  id uuid primary key default gen_random_uuid(),
  matter text not null,
  template_version text not null,
  owner_office text not null,
  business_ref text,
  sign_by date not null,
  due_on date,
  student_nos text[] not null check (cardinality(student_nos) between 1 and 500),
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  foreign key (matter, template_version, owner_office)
    references commitment_template (matter, template_version, owner_office)
);

-- What an office reports as a breach, and what becomes of it: one of a commitment.
create table commitment_breach (
  id uuid primary key default gen_random_uuid(),
  commitment_id uuid not null unique references commitment (id),
  student_no text,
  owner_office text not null,
  facts text not null,
  state text not null check
    (state in ('BREACH_REPORTED', 'RECTIFYING', 'CLEARED', 'FULFILLED', 'BREACHED')),
  decision text,
  decided_on date,
  measures text,
  rectify_by date,
  outcome text,
  outcome_on date,
  evidence jsonb not null default '[]',
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  foreign key (commitment_id, student_no) references commitment (id, student_no),
  constraint commitment_breach_second_person check (approved_by <> recorded_by),
  constraint commitment_breach_proven check (jsonb_array_length(evidence) > 0),
  constraint commitment_breach_decided check
    ((state = 'BREACH_REPORTED') = (decision is null) and (decision is null) = (approved_by is null)
      and (decision is null) = (decided_on is null)),
  constraint commitment_breach_rectifying check ((measures is null) = (rectify_by is null)
    and (measures is not null) = (state in ('RECTIFYING', 'FULFILLED', 'BREACHED'))),
  constraint commitment_breach_outcome check ((outcome is null) = (outcome_on is null)
    and (outcome is not null) = (state in ('FULFILLED', 'BREACHED')))
);
create index commitment_breach_student on commitment_breach (student_no, commitment_id);

-- The numbers of an offer that a job went on with are kept nowhere, the log included.
create or replace function destroy_keys_of_gone(ids uuid[]) returns void language sql security definer
set search_path from current as $$
  delete from record_key k using unnest(ids) as gone (id)
  where k.topic in ('Notice', 'ConductRecord', 'GoodRecord', 'Appeal', 'CommitmentOffer')
    and k.key = gone.id::text
    and not exists (select from notice n where n.id = gone.id)
    and not exists (select from conduct_record r where r.id = gone.id)
    and not exists (select from good_record g where g.id = gone.id)
    and not exists (select from appeal p where p.id = gone.id)
    and not exists (select from commitment_offer o where o.id = gone.id)
$$;
