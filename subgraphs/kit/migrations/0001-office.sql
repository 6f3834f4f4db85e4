-- What every office has: the roster projection, the change feed, imports and the operation log.
-- `:app` is the run-time role. It has no DDL; of logs it may only add and read.

-- Who the students of the college are, as the archive last said. Never used for a decision.
create table roster (
  student_no text primary key,
  name text not null,
  college text not null,
  class_code text not null,
  status text not null,
  version integer not null
);
create index roster_college on roster (college, student_no);
create index roster_class on roster (class_code, student_no);
create index roster_name on roster (name, student_no);

-- Outgoing events, written in the transaction of the change that they tell of.
create table outbox (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  topic text not null,
  key text not null,
  version integer not null,
  payload jsonb not null,
  at timestamptz not null
);
create index outbox_order on outbox (xid, id);
revoke update, delete on outbox from :app;

-- How far this office has read the feed of another.
create table feed_cursor (
  source text primary key,
  xid xid8 not null,
  id bigint not null
);

-- One file that a clerk imported; in force only after a second person approved it (F-13, INV-02).
create table import_batch (
  id uuid primary key default gen_random_uuid(),
  kind text not null,
  file_name text not null,
  file_sha256 text not null,
  basis_doc_no text,
  state text not null check (state in ('READING', 'PROPOSED', 'APPROVED', 'FAILED')),
  row_count integer not null default 0,
  rejected_count integer not null default 0,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  constraint import_batch_second_person check (approved_by <> recorded_by),
  constraint import_batch_approved check ((state = 'APPROVED') = (approved_at is not null))
);
create table import_row (
  batch_id uuid not null references import_batch (id),
  line integer not null,
  value jsonb not null,
  primary key (batch_id, line)
);

-- Who did what, when, why (G19.2). Append-only.
create table operation_log (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor text not null,
  role text not null,
  action text not null,
  target text not null,
  reason text,
  request_id text not null
);
revoke update, delete on operation_log from :app;
