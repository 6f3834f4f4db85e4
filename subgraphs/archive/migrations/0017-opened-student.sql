-- Whom somebody opened within the last hour, so that nobody opens more than he may (DOMAIN 3.6 D-01).
-- The access log says the same for ever; this says it fast, and forgets.
create table opened_student (
  actor text not null,
  student_no text not null,
  at timestamptz not null,
  primary key (actor, student_no)
);

-- Opens students for an actor, all of them or none. Answers null, or when there will be room for them.
-- One actor's requests wait for one another, so that several at once open no more.
create function open_students(who text, numbers text[], instant timestamptz, most bigint)
returns timestamptz language plpgsql as $$
declare
  others bigint;
  room timestamptz;
begin
  -- What a crash may lose of this is counted anew.
  perform set_config('synchronous_commit', 'off', true);
  perform pg_advisory_xact_lock(hashtextextended('open_students ' || who, 0));
  delete from opened_student where actor = who and at <= instant - interval '1 hour';
  select count(*) into others
    from opened_student where actor = who and student_no <> all (numbers);
  if others + cardinality(numbers) > most then
    -- So many of the oldest must be an hour old first that the rest leaves room.
    select at + interval '1 hour' into room
      from opened_student where actor = who and student_no <> all (numbers)
      order by at offset greatest(others + cardinality(numbers) - most - 1, 0) limit 1;
    return coalesce(room, instant + interval '1 hour');
  end if;
  insert into opened_student (actor, student_no, at)
    select who, student_no, instant from unnest(numbers) student_no
    on conflict (actor, student_no) do update set at = excluded.at;
  return null;
end $$;
