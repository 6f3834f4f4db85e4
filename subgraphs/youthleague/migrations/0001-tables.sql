-- Cadre posts, social practice and volunteer hours: good records of the Youth League (G6.4).
-- A record that was revoked never comes back; an error is a new record (DOMAIN 2.4).

create table cadre_post (
  id uuid primary key default gen_random_uuid(),
  student_no text not null,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  evidence jsonb not null default '[]',
  org text not null,
  post text not null,
  level text not null check (level in ('CLASS', 'COLLEGE', 'SCHOOL', 'PROVINCE', 'STATE')),
  from_on date not null,
  to_on date,
  appraisal text check (appraisal in
    ('EXCELLENT', 'COMPETENT', 'BASICALLY_COMPETENT', 'NOT_COMPETENT')),
  state text not null check (state in ('PROPOSED', 'APPROVED', 'REVOKED')),
  constraint cadre_post_second_person check (approved_by <> recorded_by),
  constraint cadre_post_approved check (state = 'PROPOSED' or approved_by is not null),
  constraint cadre_post_days check (to_on >= from_on),
  unique (student_no, org, post, from_on)
);
create index cadre_post_from on cadre_post (from_on, id);

create table practice_record (
  id uuid primary key default gen_random_uuid(),
  student_no text not null,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  evidence jsonb not null default '[]',
  activity text not null,
  hours numeric(5, 1) not null check (hours > 0),
  place text,
  verified_by text not null,
  practised_on date not null,
  state text not null check (state in ('PROPOSED', 'APPROVED', 'REVOKED')),
  constraint practice_record_second_person check (approved_by <> recorded_by),
  constraint practice_record_approved check (state = 'PROPOSED' or approved_by is not null),
  unique (student_no, activity, practised_on)
);
create index practice_record_day on practice_record (practised_on, id);

create table volunteer_hours (
  id uuid primary key default gen_random_uuid(),
  student_no text not null,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  evidence jsonb not null default '[]',
  term_code text not null check (term_code ~ '^\d{4}-[123]$'),
  hours numeric(5, 1) not null check (hours > 0),
  -- Day on which the hours were confirmed; the day of approval when nobody says.
  confirmed_on date,
  state text not null check (state in ('PROPOSED', 'APPROVED', 'REVOKED')),
  constraint volunteer_hours_second_person check (approved_by <> recorded_by),
  constraint volunteer_hours_approved check (state = 'PROPOSED' or approved_by is not null),
  unique (student_no, term_code)
);
create index volunteer_hours_term on volunteer_hours (term_code, id);
