-- Violations of law or rules, their materials, and from which day on a student is of age.

-- Told by the archive's feed: the day on which a student comes of age. Not a birth date to be read:
-- no field and no argument of the graph touches it.
create table majority (
  student_no text primary key,
  adult_from date not null,
  version integer not null
);

-- Indicators of this office with each severity that a finding may pick (DOMAIN 2.3, INV-04).
create table indicator_severity (
  indicator_code text not null,
  severity text not null check (severity in ('S1', 'S2', 'S3', 'S4')),
  primary key (indicator_code, severity)
);
insert into indicator_severity (indicator_code, severity)
select i.code, 'S' || n
from (values
  ('D2-04', 2, 4), ('D2-05', 3, 4), ('D2-06', 1, 2),
  ('D3-03', 2, 4), ('D3-04', 2, 3),
  ('D5-01', 1, 3), ('D5-02', 1, 3), ('D5-03', 2, 4), ('D5-04', 2, 3), ('D5-05', 2, 4),
  ('D5-06', 2, 4)
) i (code, least, most) cross join lateral generate_series(i.least, i.most) n;
revoke insert, update, delete on indicator_severity from :app;

create table law_violation (
  id uuid primary key default gen_random_uuid(),
  student_no text not null,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  evidence jsonb not null default '[]',
  case_no text not null unique,
  act_on date not null,
  category text not null check (category in
    ('ADMIN_PENALTY', 'CRIMINAL_JUDGMENT', 'SCHOOL_FINDING')),
  authority text not null,
  -- Number of the document that finds the fact.
  doc_no text,
  legal_basis text not null check (legal_basis <> ''),
  indicator_code text not null,
  severity text not null,
  found_on date,
  -- Day on which the notice was delivered to the student (F-01).
  notified_on date,
  sealed_on date,
  state text not null check (state in ('PROPOSED', 'NOTIFIED', 'FOUND', 'ACTIVE', 'DISMISSED',
    'REPAIRED', 'MITIGATED', 'LIFTED', 'EXPIRED', 'REVOKED', 'SEALED')),
  constraint law_violation_second_person check (approved_by <> recorded_by),
  -- INV-03: nothing counts as found without finding, evidence, delivered notice and second person.
  constraint law_violation_found check (state in ('PROPOSED', 'NOTIFIED', 'DISMISSED')
    or (doc_no is not null and found_on is not null and notified_on is not null
      and approved_by is not null and jsonb_array_length(evidence) > 0)),
  constraint law_violation_days check (act_on <= notified_on and notified_on <= found_on
    and act_on <= found_on),
  constraint law_violation_sealed check ((state = 'SEALED') = (sealed_on is not null)),
  constraint law_violation_severity foreign key (indicator_code, severity)
    references indicator_severity (indicator_code, severity),
  unique (id, student_no)
);
create index law_violation_student on law_violation (student_no, act_on);
create index law_violation_act on law_violation (act_on, id);

-- INV-05: only acts of a student who was of age. Who is not known to be of age is not.
create function law_violation_of_age() returns trigger language plpgsql as $$
begin
  perform from majority m
  where m.student_no = new.student_no and m.adult_from <= new.act_on for share;
  if not found then
    raise exception 'The act is not known to be one of an adult (INV-05).'
      using errcode = 'check_violation', constraint = 'law_violation_of_age';
  end if;
  return new;
end $$;
create trigger law_violation_of_age before insert or update on law_violation
  for each row execute function law_violation_of_age();

-- T-03: what is sealed stays as it is, until it is deleted.
create function law_violation_is_sealed() returns trigger language plpgsql as $$
begin
  raise exception 'A sealed record does not change (T-03).'
    using errcode = 'check_violation', constraint = 'law_violation_is_sealed';
end $$;
create trigger law_violation_is_sealed before update on law_violation
  for each row when (old.state = 'SEALED') execute function law_violation_is_sealed();

create table material (
  id uuid primary key default gen_random_uuid(),
  student_no text not null,
  law_violation_id uuid not null,
  -- Keyed digest of the file; the file itself is served by the file endpoint only.
  digest text not null,
  class text not null default 'L4' check (class = 'L4'),
  names_third_persons boolean not null,
  -- Materials are of the student whose case it is, and go with it.
  foreign key (law_violation_id, student_no) references law_violation (id, student_no)
    on delete cascade
);
create index material_student on material (student_no);
create index material_law_violation on material (law_violation_id);
