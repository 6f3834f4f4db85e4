-- What a file does not say stays as it is (F-13): the fields of a staged row that its file left open,
-- each with what it is in a new record.
alter table import_row add column unsaid jsonb not null default '{}';
-- How many stored values each column of a batch changes, as its report said when it was proposed.
alter table import_batch add column changes jsonb;

-- Rows of approved batches whose record is closed: they change nothing, and neither the clerk nor the
-- reviewer is told (FG14). For those who may know what is closed; numbers alone, no values.
create table closed_review (
  id bigint generated always as identity primary key,
  batch_id uuid not null,
  line integer not null,
  kind text not null,
  record text not null,
  student_no text,
  privacy_group text not null,
  at timestamptz not null
);
revoke update, delete on closed_review from :app;
