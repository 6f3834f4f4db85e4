-- Credit snapshots: immutable (INV-08); a later one takes the place of an earlier by its number.
create table credit_snapshot (
  snapshot_id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity,
  student_no text not null references student (student_no),
  rule_set text not null,
  kind text not null check (kind in ('PROVISIONAL', 'OFFICIAL', 'SIMULATION')),
  on_day date not null,
  computed_at timestamptz not null,
  -- C and D wait for two people (L-08); A and B need none.
  state text not null check (state in ('PENDING', 'CONFIRMED')),
  grade text not null check (grade in ('A', 'B', 'C', 'D')),
  level text not null check (level in ('L0', 'L1', 'L2', 'L3')),
  score_excluding_disputed integer not null,
  -- {score, lines, dimensions} of each view, in hundredths of a point.
  school_view jsonb not null,
  full_view jsonb not null,
  constraint credit_snapshot_pending check (state = 'CONFIRMED' or grade in ('C', 'D'))
);
create index credit_snapshot_student on credit_snapshot (student_no, seq desc);
revoke update, delete on credit_snapshot from :app;
