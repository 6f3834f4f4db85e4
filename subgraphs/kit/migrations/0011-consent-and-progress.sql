-- Consent under which alone a row is held: the notice of the row goes with it (INV-10).
alter table notice_standing add column consent_id text;

-- How far the job has come with a large batch that it applies in one transaction: written beside that
-- transaction, so that the number is seen and none of the rows. It names no row to lock.
create table batch_progress (
  batch_id uuid primary key,
  applied_rows integer not null default 0 check (applied_rows >= 0)
);
