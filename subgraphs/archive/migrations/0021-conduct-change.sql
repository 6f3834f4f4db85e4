-- Who took a record into the archive: neither who proposed it nor who found it (3.8).
alter table conduct_record
  add column accepted_by text,
  add column accepted_at timestamptz,
  add constraint conduct_record_accepted check ((accepted_by is null) = (accepted_at is null)),
  add constraint conduct_record_third_person check
    (accepted_by <> approved_by and accepted_by <> recorded_by);

-- A decision of a higher body, or a court, about a record: what a revocation rests on (T-06, L-15).
create table upper_decision (
  id uuid primary key default gen_random_uuid(),
  student_no text not null,
  record_id uuid not null,
  body text not null,
  doc_no text not null,
  decided_on date not null,
  state text not null check (state in ('RECORDED')),
  evidence jsonb not null default '[]',
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  foreign key (record_id, student_no) references conduct_record (id, student_no) on delete cascade,
  constraint upper_decision_once unique (record_id, doc_no)
);
