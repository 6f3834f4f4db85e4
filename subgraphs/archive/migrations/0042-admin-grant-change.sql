-- A grant is requested, and approved by another person (G18, DOMAIN 2.4).
alter table admin_grant alter column approved_by drop not null,
  alter column approved_at drop not null,
  add column delegated_by text,
  add constraint admin_grant_approved check (state = 'REQUESTED' or approved_by is not null),
  add constraint admin_grant_delegated check
    (delegated_by is null or (delegated_by <> staff_no and valid_to is not null));

-- One person is never both: who inspects, and who keeps the discipline (2.4).
create function admin_grant_two_persons() returns trigger language plpgsql as $$
begin
  if new.state = 'ACTIVE' and new.role in ('AUDITOR', 'DIS_OFFICER') then
    perform pg_advisory_xact_lock(hashtext('admin_grant'), hashtext(new.staff_no));
    if exists (select from admin_grant g
      where g.staff_no = new.staff_no and g.state = 'ACTIVE' and g.id <> new.id
        and g.role in ('AUDITOR', 'DIS_OFFICER') and g.role <> new.role
        and tstzrange(g.valid_from, g.valid_to) && tstzrange(new.valid_from, new.valid_to)) then
      raise exception 'AUDITOR and DIS_OFFICER are two persons'
        using errcode = 'check_violation', constraint = 'admin_grant_two_persons';
    end if;
  end if;
  return new;
end $$;
create trigger admin_grant_two_persons before insert or update on admin_grant
  for each row execute function admin_grant_two_persons();

-- Passes of the training for administrators (G5.2).
create table training_session (
  id uuid primary key default gen_random_uuid(),
  staff_no text not null references staff (staff_no),
  title text not null check (title <> ''),
  passed_on date not null,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  constraint training_session_not_own check (staff_no <> recorded_by),
  constraint training_session_once unique (staff_no, title, passed_on)
);
revoke update, delete on training_session from :app;

-- A transfer is recorded by personnel, and ends grants at its instant (G18.2).
alter table transfer_notice alter column approved_by drop not null,
  alter column approved_at drop not null,
  add column version integer not null default 1;
