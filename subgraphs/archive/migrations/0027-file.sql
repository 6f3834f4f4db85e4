-- Uploaded files: what is known of them, and the key of each. Their bytes lie elsewhere, encrypted:
-- who deletes the key has deleted the file (3.6, F-14).
create table file (
  id uuid primary key,
  -- Whose, where a student uploaded it himself.
  student_no text references student (student_no),
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  media_type text not null,
  size integer not null check (size > 0),
  -- Of the bytes, keyed (2.1).
  digest text not null,
  -- Of the encrypted bytes: the name under which they lie.
  stored_as text not null unique check (stored_as ~ '^[0-9a-f]{64}$'),
  state text not null check (state in ('QUARANTINED', 'CLEAN', 'INFECTED', 'DESTROYED')),
  -- Of a file in quarantine: when it was last tried.
  scanned_at timestamptz,
  constraint file_scanned check (state not in ('CLEAN', 'INFECTED') or scanned_at is not null)
);
create index file_quarantined on file (scanned_at nulls first, uploaded_at, id) where state = 'QUARANTINED';
create index file_uploaded on file (uploaded_by, uploaded_at);
create table file_key (
  file_id uuid primary key references file (id),
  sealed_key text not null
);
-- Which entry a file proves.
create index self_entry_proofs on self_entry using gin (proofs jsonb_path_ops);
