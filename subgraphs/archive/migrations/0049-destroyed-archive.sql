-- What is left of an archive that was destroyed: that there was one, and its days (2.4, 3.6). Whoever
-- knows the number of its student can ask for it; nobody can read a number from it.
create table destroyed_archive (
  id bigint generated always as identity primary key,
  -- Keyed digest of the number of the student.
  student_mac text not null,
  opened_on date not null,
  closed_on date not null,
  destroyed_on date not null
);
create index destroyed_archive_student on destroyed_archive (student_mac);
revoke update, delete on destroyed_archive from :app;

-- Malice that was told of is known by the number of a bill alone; an event that waits holds its facts.
create or replace function erase_beside(named text) returns void language plpgsql as $$
begin
  delete from malice_told m using conduct_record r
  where r.student_no = named and m.bill_no = r.bill_no;
  delete from parked_event e where e.payload->>'studentNo' = named or e.key = named;
end $$;

-- The run-time role destroys nothing but an archive whose states have come to that end. The access log
-- stays for its own time: it says who looked, and nothing of what was seen.
revoke execute on function erase_gone_student(text, timestamptz) from :app;
create function destroy_archive(named text) returns void language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  if exists (select from archive a where a.student_no = named
      and a.state not in ('VOID', 'DESTROYED')) then
    raise exception 'The archive is not over.' using errcode = 'check_violation';
  end if;
  perform erase_student(named, array['access_event']);
end $$;
revoke all on function destroy_archive(text) from public;
grant execute on function destroy_archive(text) to :app;
create index archive_retained on archive (retention_until) where state = 'RETAINED';
