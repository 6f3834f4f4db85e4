-- Requests to take many students as a file: made by one person, approved by another, gone a day later
-- (3.6, L-12). A row keeps what was requested and how many it was of, and nothing of any student.
create table bulk_export (
  id uuid primary key default gen_random_uuid(),
  -- Name and digest of the known operation, and its variables; a name is never one of them.
  operation text not null,
  operation_hash text not null,
  variables jsonb not null,
  format text not null check (format in ('NDJSON', 'CSV', 'XLSX')),
  -- Public: whoever holds the private one reads the file, and this college does not.
  public_key jsonb not null,
  for_role text not null,
  student_count integer not null check (student_count between 0 and 500),
  state text not null check (state in ('REQUESTED', 'APPROVED', 'GONE')),
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  -- Until when it may be approved, and once it is, fetched.
  ends_at timestamptz not null,
  made_at timestamptz,
  -- Name of the ciphertext in the store of files.
  stored_as text,
  constraint bulk_export_second_person check (approved_by <> recorded_by),
  constraint bulk_export_approved check ((approved_by is null) = (approved_at is null)
    and (state <> 'APPROVED' or approved_at is not null)
    and (state <> 'REQUESTED' or approved_at is null)),
  constraint bulk_export_made check ((stored_as is null or state = 'APPROVED')
    and (made_at is null or approved_at is not null))
);
create index bulk_export_ending on bulk_export (ends_at);
