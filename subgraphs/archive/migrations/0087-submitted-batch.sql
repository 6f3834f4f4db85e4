-- What an office hands over of a catalogue item for a period, and what Student Affairs found when it
-- checked that (G5.3, Z5.1.1). A nil report has no rows (INV-18). It counts rows and names no student.
create table submitted_batch (
  id uuid primary key default gen_random_uuid(),
  -- Unit that supplies it.
  office text not null,
  catalogue_item text not null,
  -- The period of the item, as the catalogue had it then.
  period_from date not null,
  period_until date not null,
  due_on date,
  is_nil boolean not null,
  -- Import runs in force that it is made of, and their rows; none where the item comes by form.
  import_runs text[] not null default '{}',
  row_count integer check (row_count >= 0),
  rejected_count integer check (rejected_count >= 0),
  -- Calendar day at +08:00.
  submitted_on date not null,
  state text not null check (state in ('SUBMITTED', 'VERIFIED', 'RETURNED')),
  verdict text check (verdict in ('COMPLETE', 'INCOMPLETE', 'INACCURATE')),
  verified_on date,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  constraint submitted_batch_second_person check (approved_by <> recorded_by),
  constraint submitted_batch_verdict check ((state = 'SUBMITTED')
    = (verdict is null and verified_on is null and approved_by is null and approved_at is null)
    and (state = 'SUBMITTED' or (verdict is not null and verified_on is not null
      and approved_by is not null and approved_at is not null))
    and (state <> 'VERIFIED' or verdict = 'COMPLETE')
    and (state <> 'RETURNED' or verdict <> 'COMPLETE')),
  constraint submitted_batch_nil check (not is_nil or (row_count = 0 and cardinality(import_runs) = 0)),
  constraint submitted_batch_period check (period_from <= period_until)
);
-- One that stands for each period; one that was returned is followed by another.
create unique index submitted_batch_once on submitted_batch (catalogue_item, period_from)
  where state <> 'RETURNED';
create index submitted_batch_item on submitted_batch (catalogue_item, period_from, recorded_at);
