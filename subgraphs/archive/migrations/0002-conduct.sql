-- What offices found and confirmed of students: coded facts and a reference, never materials.

-- A bad-conduct record, from FOUND on when an office tells it (2.4).
create table conduct_record (
  id uuid primary key default gen_random_uuid(),
  student_no text not null references student (student_no),
  indicator_code text not null check (indicator_code ~ '^D[1-6]-[0-9]{2}$'),
  -- Group of the indicator's origin and office that finds it, as of the rule set then in force.
  origin_group text not null,
  source_office text not null,
  -- The range of the indicator (INV-04) is versioned data; the feed holds it.
  severity text not null check (severity in ('S1', 'S2', 'S3', 'S4')),
  occurred_on date not null,
  ended_on date,
  found_on date,
  finding_body text,
  finding_doc_no text,
  finding_on date,
  legal_basis text,
  malice_finding_id uuid,
  sanction_id uuid,
  state text not null check (state in ('PROPOSED', 'NOTIFIED', 'FOUND', 'DISMISSED', 'ACTIVE',
    'MITIGATED', 'REPAIRED', 'LIFTED', 'EXPIRED', 'REVOKED', 'SEALED')),
  disputed boolean not null default false,
  notice_delivered_at timestamptz,
  evidence jsonb not null default '[]',
  -- Where the fact lives, and which version of it this is.
  source_subgraph text not null,
  source_typename text not null,
  source_id text not null,
  source_version integer not null,
  version integer not null default 1,
  recorded_by text,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  constraint conduct_record_source unique (source_subgraph, source_id),
  constraint conduct_record_second_person check (approved_by <> recorded_by),
  constraint conduct_record_days check (ended_on >= occurred_on and found_on >= occurred_on),
  -- T-03: what the security office tells rests on a named law or rule.
  constraint conduct_record_legal_basis check
    (origin_group <> 'LAW_VIOLATIONS' or legal_basis is not null),
  -- INV-03: nothing counts without finding, evidence and delivered notice.
  constraint conduct_record_proven check (state not in ('ACTIVE', 'MITIGATED') or (
    found_on is not null and finding_body is not null and finding_doc_no is not null
    and finding_on is not null and notice_delivered_at is not null
    and jsonb_array_length(evidence) > 0))
);
create index conduct_record_student on conduct_record (student_no, state);

-- A good-conduct record (2.4).
create table good_record (
  id uuid primary key default gen_random_uuid(),
  student_no text not null references student (student_no),
  indicator_code text not null check (indicator_code ~ '^P-[0-9]{2}$'),
  origin_group text not null,
  source_office text not null,
  level text check (level in ('CLASS', 'COLLEGE', 'SCHOOL', 'PROVINCE', 'STATE')),
  occurred_on date not null,
  ended_on date,
  -- What is counted: hours of service, for instance.
  amount numeric(10, 2),
  state text not null check (state in ('PROPOSED', 'APPROVED', 'REVOKED')),
  evidence jsonb not null default '[]',
  source_subgraph text not null,
  source_typename text not null,
  source_id text not null,
  source_version integer not null,
  version integer not null default 1,
  recorded_by text,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  constraint good_record_source unique (source_subgraph, source_id),
  constraint good_record_second_person check (approved_by <> recorded_by),
  constraint good_record_days check (ended_on >= occurred_on)
);
create index good_record_student on good_record (student_no, state);

-- An event that could not be applied: it blocks no other and is not lost. The newest of its key stays.
create table parked_event (
  source text not null,
  topic text not null,
  key text not null,
  version integer not null,
  -- Null where the fact itself may not be held (INV-05).
  payload jsonb,
  reason text not null,
  at timestamptz not null,
  primary key (source, topic, key)
);
