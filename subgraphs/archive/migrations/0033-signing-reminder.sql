-- Reminders of entry: what is still to be signed or activated, and the check of the own data (G10.2,
-- G10.4, F-01). Each stands for one notice; nobody is reminded of the same twice on a day.
create table signing_reminder (
  id uuid primary key default gen_random_uuid(),
  student_no text not null references student (student_no),
  kind text not null check (kind in ('SIGNING', 'VERIFICATION')),
  reminded_on date not null,
  version integer not null default 1,
  unique (student_no, kind, reminded_on)
);
create index archive_entry_open on archive (student_no)
  where state in ('PENDING_SIGNATURE', 'PENDING_VERIFICATION');
