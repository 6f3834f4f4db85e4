-- Official evaluation runs, their snapshots, and the statistics that are released of them.

create table evaluation_run (
  run_id text primary key,
  -- Semester that the run is of: 2026H1.
  period text not null check (period ~ '^[0-9]{4}H[12]$'),
  rule_set text not null,
  cut_off_at timestamptz not null,
  kind text not null check (kind in ('OFFICIAL', 'PROVISIONAL', 'SIMULATION')),
  state text not null check (state in ('PLANNED', 'COMPUTING', 'COMPUTED', 'COLLEGE_CONFIRMED',
    'SELF_NOTICE', 'CONFIRMED', 'LOCKED', 'SUPERSEDED')),
  locked_at timestamptz,
  superseded_at timestamptz,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  constraint evaluation_run_second_person check (approved_by <> recorded_by),
  constraint evaluation_run_locked check
    ((state in ('LOCKED', 'SUPERSEDED')) = (locked_at is not null and approved_by is not null)),
  constraint evaluation_run_superseded check
    ((state = 'SUPERSEDED') = (superseded_at is not null)),
  constraint evaluation_run_times check (locked_at >= cut_off_at and superseded_at >= locked_at)
);
create index evaluation_run_locked_at on evaluation_run (locked_at desc);

-- A snapshot of a run; a milder change after its lock makes a derived one (INV-08).
alter table credit_snapshot
  add column run_id text references evaluation_run (run_id),
  add column supersedes uuid unique references credit_snapshot (snapshot_id),
  add constraint credit_snapshot_run check (kind <> 'OFFICIAL' or run_id is not null),
  add constraint credit_snapshot_derived check (supersedes is null or kind = 'OFFICIAL');
create unique index credit_snapshot_of_run on credit_snapshot (run_id, student_no)
  where supersedes is null;

-- Tables released of a LOCKED run: computed once, checked together, the same for everybody (3.6).
create table released_statistic (
  run_id text not null references evaluation_run (run_id),
  metric text not null check (metric in ('GRADE_COUNT', 'GRADE_SHARE')),
  group_by text not null check (group_by in ('', 'COLLEGE', 'COLLEGE,MAJOR')),
  position integer not null,
  -- [{name, value}]; without a grade it is the total of its row.
  keys jsonb not null,
  value integer,
  suppressed boolean not null,
  primary key (run_id, metric, group_by, position),
  constraint released_statistic_suppressed check (suppressed = (value is null))
);
revoke update, delete on released_statistic from :app;
