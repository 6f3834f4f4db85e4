-- Frozen releases for reporting tools: one of each LOCKED run, the same rows for every caller (3.6).

create table credit_view_release (
  release_id uuid primary key,
  run_id text not null unique references evaluation_run (run_id),
  on_day date not null,
  frozen_at timestamptz not null,
  k integer not null,
  l integer not null,
  row_count integer not null check (row_count >= 0),
  -- Whole percents: the number of those who were dropped would be a count of its own.
  dropped_percent integer not null check (dropped_percent between 0 and 100),
  loss_percent integer not null check (loss_percent between 0 and 100),
  -- [{column, step, steps, of}]: how far each column was generalised.
  generalisation jsonb not null,
  -- [{grade, perMille, joinedPerMille}]: how well each can be guessed at most.
  grade_odds jsonb not null
);
revoke update, delete on credit_view_release from :app;

-- Of nobody: a row is one of at least ten that are the same, and its pseudonym is drawn for it alone.
create table credit_view (
  pseudonym uuid primary key,
  release_id uuid not null references credit_view_release (release_id),
  college text not null,
  major text not null,
  cohort text not null,
  grade text not null check (grade in ('A', 'B', 'C_OR_D')),
  dimension_bands jsonb not null,
  gpa_band text not null,
  exam_violation_band text not null,
  practice_hours_band text not null,
  cadre_level text not null
);
create index credit_view_page on credit_view (release_id, pseudonym);
revoke update, delete on credit_view from :app;
