-- Notices that must have been delivered before somebody acts on a row (F-01): what an office asked
-- the archive to send, and what the archive published of it; in the archive, what it delivered of its
-- own rows. No text of a notice stands here.
create table notice_standing (
  key text primary key generated always as (subject_type || ':' || subject_id || ':' || kind) stored,
  subject_type text not null,
  subject_id text not null,
  kind text not null,
  student_no text,
  -- Privacy groups that the subject takes.
  groups text[] not null default '{}',
  version integer not null default 1,
  delivered_at timestamptz,
  -- First day on which one may go on without a statement.
  waits_until date,
  statement_at timestamptz,
  -- Version of the notice at the archive.
  answered integer not null default 0
);
