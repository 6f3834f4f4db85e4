-- Somebody who is opened counts from the end of that minute: whoever opens him again within it needs to
-- write nothing. So he may count for up to a minute more than an hour, and never for less (3.6 D-01).
-- One plan for all values: to plan anew took twice what the statements take.
create or replace function open_students(who text, numbers text[], instant timestamptz, most bigint)
returns timestamptz language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  ends constant timestamptz := to_timestamp(ceil(extract(epoch from instant) / 60) * 60);
  counted bigint;
  others bigint;
  room timestamptz;
begin
  -- What a crash may lose of this is counted anew.
  perform set_config('synchronous_commit', 'off', true);
  -- Whom he has opened within this hour is counted already, and waits for nobody. A minute less than an
  -- hour: nobody else takes such a row for one that is over. Rows are locked in one order.
  with held as (
    select student_no from opened_student
    where actor = who and student_no = any (numbers) and at > instant - interval '59 minutes'
    order by student_no for update
  ), touched as (
    update opened_student o set at = ends from held
    where o.actor = who and o.student_no = held.student_no and o.at < ends
  )
  select count(*) into counted from held;
  if counted = (select count(distinct one) from unnest(numbers) one) then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('open_students ' || who, 0));
  delete from opened_student where actor = who and at <= instant - interval '1 hour';
  select count(*) into others
    from opened_student where actor = who and student_no <> all (numbers);
  if others + cardinality(numbers) > most then
    -- So many of the oldest must be an hour old first that the rest leaves room.
    select at + interval '1 hour' into room
      from opened_student where actor = who and student_no <> all (numbers)
      order by at offset greatest(others + cardinality(numbers) - most - 1, 0) limit 1;
    return coalesce(room, ends + interval '1 hour');
  end if;
  insert into opened_student (actor, student_no, at)
    select who, student_no, ends from unnest(numbers) student_no order by student_no
    on conflict (actor, student_no) do update set at = greatest(opened_student.at, excluded.at);
  return null;
end $$;
