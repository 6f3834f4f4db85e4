-- Who graduates, on which day and how, and the lists that were published of it (G10.1). An archive is
-- closed by such a list.
create table graduation_list (
  id uuid primary key,
  version integer not null default 1,
  graduation_on date not null,
  -- Document by which the school decided.
  decision_doc_no text,
  student_count integer not null check (student_count > 0),
  state text not null check (state = 'PUBLISHED'),
  recorded_by text not null,
  recorded_at timestamptz not null
);
create index graduation_list_latest on graduation_list (recorded_at desc, id);

create table graduation (
  id uuid primary key default gen_random_uuid(),
  -- A student graduates once, and stands on one list at most.
  student_no text not null unique,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  evidence jsonb not null default '[]',
  graduation_on date not null,
  outcome text not null check (outcome in ('GRADUATED', 'COMPLETED', 'POSTPONED')),
  list_id uuid references graduation_list (id),
  constraint graduation_second_person check (approved_by <> recorded_by),
  constraint graduation_postponed check (outcome <> 'POSTPONED' or list_id is null)
);
create index graduation_unlisted on graduation (graduation_on, student_no) where list_id is null;
create index graduation_listed on graduation (list_id, student_no);
create index graduation_day on graduation (graduation_on, id);
