-- Names that students had before, with the day until which and why (F-07).
create table former_name (
  id uuid primary key default gen_random_uuid(),
  student_no text not null references student (student_no) deferrable initially immediate,
  name text not null,
  until_on date not null,
  reason text not null check (reason in ('APPEAL', 'ROLL')),
  version integer not null default 1
);
create index former_name_student on former_name (student_no, until_on desc);
revoke update, delete on former_name from :app;

-- However a name changes, the one before is kept. An appeal that corrects it says at which instant; the
-- roll is approved at one.
create function student_name_changed() returns trigger language plpgsql as $$
declare
  corrected timestamptz := nullif(current_setting('chengxin.corrected_at', true), '');
begin
  insert into former_name (student_no, name, until_on, reason)
  values (new.student_no, old.name,
    (coalesce(corrected, new.approved_at) at time zone interval '8 hours')::date,
    case when corrected is null then 'ROLL' else 'APPEAL' end);
  return new;
end $$;
create trigger student_name_changed after update of name on student
  for each row when (old.name is distinct from new.name) execute function student_name_changed();
