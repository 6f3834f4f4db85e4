-- Entry of students: launches of the signing, the texts that are signed, accounts (G7.2, G8.1, G10).

alter table archive
  -- Which agreement is offered, and within how many days the student checks his data afterwards.
  add column agreement_version text,
  add column verification_days integer check (verification_days between 1 and 365),
  -- A guardian's consent waits here for the signature, and moves to the agreement with it (F-03).
  add column guardian_name text,
  add column guardian_relation text,
  add column guardian_form text,
  add column guardian_at timestamptz,
  add constraint archive_guardian check
    (num_nonnulls(guardian_name, guardian_relation, guardian_form, guardian_at) in (0, 4)),
  add constraint archive_guardian_waits check (guardian_name is null or agreement_id is null),
  add constraint archive_launched check (state <> 'PENDING_SIGNATURE'
    or (agreement_version is not null and verification_days is not null));

-- Texts of the service agreement stand beside those of promises. No clause of an agreement contains a
-- consent to third parties, employers or publicity: each of these is requested on its own (INV-17, L-09).
alter table commitment_template
  add column kind text not null default 'COMMITMENT' check (kind in ('COMMITMENT', 'AGREEMENT')),
  add constraint commitment_template_agreement check (kind = 'COMMITMENT' or matter = 'ENTRY'),
  add constraint commitment_template_entry check (matter <> 'ENTRY' or owner_office = 'SAO'),
  add constraint commitment_template_bundles_nothing check (kind = 'COMMITMENT' or not jsonb_path_exists(
    clauses, '$[*] ? (@ like_regex "同意|授权|许可|准许|consent|agree|authori[sz]|permit" flag "i"
      && @ like_regex "第三方|金融机构|银行|电信|征信|用人单位|雇主|企业|宣传|公示|公开|third.part|bank|telecom|credit (agency|bureau)|employer|publicity|publish" flag "i")'));

-- One entry commitment at a time, and none beside one that was signed.
create unique index commitment_entry_once on commitment (student_no)
  where matter = 'ENTRY' and state in ('OFFERED', 'SIGNED', 'IN_FORCE');

-- One start of the online signing for a cohort.
create table signing_launch (
  id uuid primary key default gen_random_uuid(),
  cohort integer not null,
  scopes text[] not null check (cardinality(scopes) > 0),
  agreement_version text not null,
  commitment_version text not null,
  verification_days integer not null check (verification_days between 1 and 365),
  launched integer not null check (launched >= 0),
  offered_again integer not null check (offered_again >= 0),
  -- A job goes on with those that are not.
  is_complete boolean not null,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null
);
create index signing_launch_unfinished on signing_launch (recorded_at) where not is_complete;
