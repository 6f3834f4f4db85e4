-- Whom somebody has opened within this hour is counted already: to open him again needs no count of all
-- the others, and waits for no other request of the same person. Otherwise as in 0017, but that rows are
-- locked in one order, so that no two requests wait for each other.
create or replace function open_students(who text, numbers text[], instant timestamptz, most bigint)
returns timestamptz language plpgsql as $$
declare
  others bigint;
  room timestamptz;
begin
  -- What a crash may lose of this is counted anew.
  perform set_config('synchronous_commit', 'off', true);
  -- A minute less than an hour: nobody else takes such a row for one that is over.
  if (select count(distinct one) from unnest(numbers) one)
    = (select count(*) from opened_student
       where actor = who and student_no = any (numbers) and at > instant - interval '59 minutes') then
    with held as (
      select student_no from opened_student
      where actor = who and student_no = any (numbers) order by student_no for update
    )
    update opened_student o set at = greatest(o.at, instant)
      from held where o.actor = who and o.student_no = held.student_no;
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
    return coalesce(room, instant + interval '1 hour');
  end if;
  insert into opened_student (actor, student_no, at)
    select who, student_no, instant from unnest(numbers) student_no order by student_no
    on conflict (actor, student_no) do update set at = excluded.at;
  return null;
end $$;
