-- What follows from records and scores: warnings, key attention, supervision levels, measures.

create table warning (
  id uuid primary key default gen_random_uuid(),
  student_no text not null references student (student_no),
  code text not null check (code ~ '^W-[0-9]{2}$'),
  colour text not null check (colour in ('YELLOW', 'ORANGE', 'RED', 'ADM')),
  trigger_rule text not null,
  trigger_groups text[] not null check (cardinality(trigger_groups) > 0),
  trigger_values jsonb not null default '{}',
  -- The snapshot that raised it, and whether its grade still waits for its confirmations (2.4).
  snapshot_id uuid,
  awaits_confirmation boolean not null default false,
  sanction_id uuid,
  raised_at timestamptz not null,
  due_on date,
  handler_office text not null,
  handler_no text,
  suggested_talk text,
  actions jsonb not null default '[]',
  state text not null check (state in
    ('RAISED', 'NOTIFIED', 'ACKNOWLEDGED', 'HANDLING', 'RESOLVED', 'ESCALATED', 'EXPIRED')),
  version integer not null default 1,
  unique (id, student_no),
  foreign key (snapshot_id, student_no) references credit_snapshot (snapshot_id, student_no),
  foreign key (sanction_id, student_no) references sanction (id, student_no)
);
create index warning_student on warning (student_no, raised_at desc);
create table warning_record (
  warning_id uuid not null,
  record_id uuid not null,
  student_no text not null,
  primary key (warning_id, record_id),
  foreign key (warning_id, student_no) references warning (id, student_no) on delete cascade,
  foreign key (record_id, student_no) references conduct_record (id, student_no) on delete cascade
);

create table key_attention (
  id uuid primary key default gen_random_uuid(),
  student_no text not null references student (student_no),
  source_office text not null,
  from_day date not null,
  review_every integer not null default 90 check (review_every = 90),
  until_day date not null,
  measures jsonb not null default '[]',
  state text not null check (state in ('PROPOSED', 'NOTIFIED', 'ACTIVE', 'REMOVED')),
  evidence jsonb not null default '[]',
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  unique (id, student_no),
  constraint key_attention_second_person check (approved_by <> recorded_by),
  constraint key_attention_days check
    (until_day > from_day and until_day <= from_day + interval '12 months'),
  constraint key_attention_approved check (state <> 'ACTIVE' or approved_by is not null)
);
create unique index key_attention_active on key_attention (student_no) where state = 'ACTIVE';
create index key_attention_student on key_attention (student_no);
create table key_attention_record (
  key_attention_id uuid not null,
  record_id uuid not null,
  student_no text not null,
  primary key (key_attention_id, record_id),
  foreign key (key_attention_id, student_no) references key_attention (id, student_no)
    on delete cascade,
  foreign key (record_id, student_no) references conduct_record (id, student_no) on delete cascade
);
create index key_attention_record_student on key_attention_record (student_no);

create table supervision (
  id uuid primary key default gen_random_uuid(),
  student_no text not null references student (student_no),
  source_office text not null,
  level text not null check (level in ('L0', 'L1', 'L2', 'L3')),
  phase text not null check (phase in ('PRE', 'MID', 'POST')),
  measures jsonb not null default '[]',
  snapshot_id uuid not null,
  -- Its level follows a grade that still waits for its confirmations (2.4).
  awaits_confirmation boolean not null default false,
  effective_from date not null,
  evidence jsonb not null default '[]',
  version integer not null default 1,
  recorded_by text,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  foreign key (snapshot_id, student_no) references credit_snapshot (snapshot_id, student_no),
  constraint supervision_second_person check (approved_by <> recorded_by)
);
create index supervision_student on supervision (student_no, effective_from desc);

create table measure (
  id uuid primary key default gen_random_uuid(),
  student_no text not null references student (student_no),
  source_office text not null,
  measure_list_item text not null,
  -- A score is no basis (2.4).
  basis text not null default 'RECORD' check (basis = 'RECORD'),
  from_day date,
  state text not null check (state in ('PROPOSED', 'LEGAL_CHECK', 'NOTIFIED', 'IN_FORCE', 'ENDED')),
  evidence jsonb not null default '[]',
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  unique (id, student_no),
  constraint measure_second_person check (approved_by <> recorded_by),
  constraint measure_in_force check
    (state <> 'IN_FORCE' or (approved_by is not null and from_day is not null))
);
create index measure_student on measure (student_no);
create table measure_record (
  measure_id uuid not null,
  record_id uuid not null,
  student_no text not null,
  primary key (measure_id, record_id),
  foreign key (measure_id, student_no) references measure (id, student_no) on delete cascade,
  foreign key (record_id, student_no) references conduct_record (id, student_no) on delete cascade
);
create index measure_record_student on measure_record (student_no);
