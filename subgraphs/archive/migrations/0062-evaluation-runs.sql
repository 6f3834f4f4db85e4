-- Official runs: each is planned, computed, confirmed and locked (2.4, 4.8); what a snapshot of one rests
-- on is pinned, so that it can be computed again.

-- What the credit of a student was computed from, each time that it changed: a day that is past is
-- computed from what was known then. The salt goes with the facts, so that a digest that a snapshot pins
-- says nothing of facts that are forgotten (INV-10, INV-11).
create table credit_input (
  seq bigint generated always as identity primary key,
  student_no text not null references student (student_no),
  known_at timestamptz not null,
  salt uuid,
  digest text,
  -- {bad, good} as the rules take them.
  facts jsonb,
  constraint credit_input_forgotten check
    ((digest is null) = (facts is null) and (salt is null) = (facts is null))
);
create index credit_input_student on credit_input (student_no, seq desc);
revoke update, delete on credit_input from :app;
select defer_student_keys();

create function digest_of_input(salt uuid, facts jsonb) returns text language sql immutable as $$
  select encode(sha256(convert_to(salt::text || ' ' || facts::text, 'UTF8')), 'hex')
$$;

-- A record that is deleted is forgotten here as well, whoever deletes it.
create function forget_inputs() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  update credit_input i set salt = null, digest = null, facts = null
  from gone g
  where i.student_no = g.student_no and i.facts is not null
    and (i.facts->'bad' @> jsonb_build_array(jsonb_build_object('recordId', g.id))
      or i.facts->'good' @> jsonb_build_array(jsonb_build_object('recordId', g.id)));
  return null;
end $$;
create trigger conduct_record_forget after delete on conduct_record
  referencing old table as gone for each statement execute function forget_inputs();
create trigger good_record_forget after delete on good_record
  referencing old table as gone for each statement execute function forget_inputs();

alter table credit_snapshot
  add column input_digest text,
  add column rule_set_sha256 text;
create index credit_snapshot_run on credit_snapshot (run_id) where run_id is not null;

-- A snapshot says for ever what it said (INV-08). What happens to it: two people confirm its grade, its
-- student gets another number, the one whose place it took is erased, and, where two archives become
-- one, it takes the place of the other's in the same run.
create function keep_snapshot() returns trigger language plpgsql as $$
declare
  moves constant text[] := array['state', 'student_no', 'supersedes'];
begin
  if to_jsonb(new) - moves is distinct from to_jsonb(old) - moves
    or (new.state <> old.state and new.state <> 'CONFIRMED')
    or (new.supersedes is distinct from old.supersedes and new.supersedes is not null
      and (old.supersedes is not null or not exists (select from credit_snapshot o
        where o.snapshot_id = new.supersedes and o.run_id = new.run_id))) then
    raise exception 'A snapshot never changes (INV-08).' using errcode = 'check_violation',
      constraint = 'credit_snapshot_kept';
  end if;
  return new;
end $$;
create trigger credit_snapshot_kept before update on credit_snapshot
  for each row execute function keep_snapshot();

alter table evaluation_run add column rule_set_sha256 text;
revoke delete on evaluation_run from :app;

-- Of which day and by which rules a run is stays as it was planned; a locked one stays as it is.
create function keep_run() returns trigger language plpgsql as $$
begin
  if (new.run_id, new.period, new.rule_set, new.rule_set_sha256, new.cut_off_at, new.kind,
      new.recorded_by, new.recorded_at)
    is distinct from (old.run_id, old.period, old.rule_set, old.rule_set_sha256, old.cut_off_at,
      old.kind, old.recorded_by, old.recorded_at)
    or (old.state = 'LOCKED' and (new.state not in ('LOCKED', 'SUPERSEDED')
      or (new.locked_at, new.approved_by) is distinct from (old.locked_at, old.approved_by)))
    or (old.state = 'SUPERSEDED' and new is distinct from old) then
    raise exception 'A run stays as it was planned and locked (INV-08).'
      using errcode = 'check_violation', constraint = 'evaluation_run_kept';
  end if;
  return new;
end $$;
create trigger evaluation_run_kept before update on evaluation_run
  for each row execute function keep_run();

-- A college confirms its own part of a run.
create table evaluation_run_part (
  id uuid primary key default gen_random_uuid(),
  run_id text not null references evaluation_run (run_id),
  org_code text not null,
  state text not null check (state in ('COMPUTED', 'COLLEGE_CONFIRMED')),
  students integer not null check (students > 0),
  confirmed_by text,
  confirmed_at timestamptz,
  version integer not null default 1,
  constraint evaluation_run_part_once unique (run_id, org_code),
  constraint evaluation_run_part_confirmed check ((state = 'COLLEGE_CONFIRMED') =
    (confirmed_by is not null and confirmed_at is not null))
);
revoke delete on evaluation_run_part from :app;
