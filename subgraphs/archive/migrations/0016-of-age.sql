-- Nobody's age travels: an office that must know whether somebody was of age at an act asks, one act,
-- yes or no (INV-05, DOMAIN 0.2). What was told of coming of age is taken back.
delete from outbox where topic = 'majority';

-- Acts that were refused for age, each as often as it was asked.
create table age_refusal (
  id bigint generated always as identity primary key,
  request_id text not null,
  at timestamptz not null,
  actor text not null,
  student_no text not null
);
create index age_refusal_actor on age_refusal (actor, at);
revoke update, delete on age_refusal from :app;

-- What a detector found odd about the reads of a person. It is looked at; it punishes nobody (3.6).
create table access_review (
  id uuid primary key default gen_random_uuid(),
  detector text not null check (detector in ('AGE_REFUSALS')),
  actor text not null,
  actor_role text not null,
  student_no text not null,
  on_day date not null,
  opened_at timestamptz not null,
  state text not null default 'OPEN' check (state in ('OPEN', 'CLOSED')),
  unique (detector, actor, student_no, on_day)
);

-- Security is told that a birth date was corrected, and not how; it asks again about the acts it holds.
create function student_birth_date_corrected() returns trigger language plpgsql as $$
begin
  insert into outbox (topic, key, version, payload, at)
  values ('birthDate', new.student_no, new.version, '{}', new.approved_at);
  return new;
end $$;
create trigger student_birth_date_corrected after update of birth_date on student
  for each row when (old.birth_date is distinct from new.birth_date)
  execute function student_birth_date_corrected();
