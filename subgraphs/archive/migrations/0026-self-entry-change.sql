-- Entries are written and reviewed (G7.2d, G7.3, G13.1). `version` becomes what it is everywhere: it
-- grows with each change of the row. Which version of the entry a row is, is its edition.
alter table self_entry add column edition integer;
update self_entry set edition = version;
alter table self_entry
  alter column edition set not null,
  alter column version set default 1,
  -- A draft may be unfinished (2.5).
  alter column start_on drop not null,
  -- Since when it waits, and until when it is to be reviewed (G7.3).
  add column submitted_at timestamptz,
  add column due_on date,
  -- When it was rejected for a false proof: what follows is found by people (2.4).
  add column finding_opened_at timestamptz,
  drop constraint self_entry_entry_id_version_key,
  drop constraint self_entry_student_no_kind_title_start_on_version_key,
  add unique (entry_id, edition);
update self_entry set submitted_at = recorded_at,
  due_on = (recorded_at at time zone 'Asia/Shanghai')::date + 14
where state in ('SUBMITTED', 'IN_REVIEW');
alter table self_entry
  -- What was overtaken before it was submitted stays as unfinished as it was.
  drop constraint self_entry_proven,
  add constraint self_entry_proven check (kind not in ('POST', 'CERTIFICATE', 'PROJECT', 'EXCHANGE')
    or state in ('DRAFT', 'SUPERSEDED') or jsonb_array_length(proofs) > 0),
  add constraint self_entry_begun check (state in ('DRAFT', 'SUPERSEDED') or start_on is not null),
  add constraint self_entry_waits check (state not in ('SUBMITTED', 'IN_REVIEW')
    or (submitted_at is not null and due_on is not null)),
  add constraint self_entry_finding check (finding_opened_at is null or state = 'REJECTED'),
  -- One edition that readers see, one that is worked on. A file that brings the next edition takes
  -- the place of both at its end.
  add constraint self_entry_one_approved exclude using btree (entry_id with =)
    where (state = 'APPROVED') deferrable initially immediate,
  add constraint self_entry_one_waiting exclude using btree (entry_id with =)
    where (state in ('DRAFT', 'SUBMITTED', 'IN_REVIEW', 'RETURNED')) deferrable initially immediate;
drop index self_entry_waiting;
create index self_entry_waiting on self_entry (submitted_at, id)
  where state in ('SUBMITTED', 'IN_REVIEW');
create index self_entry_same on self_entry (student_no, kind, title, start_on);

-- 2.5: no two entries say the same. Whoever writes one has locked its student, so none comes between.
create function self_entry_is_one() returns trigger language plpgsql as $$
begin
  if exists (select from self_entry e
    where (e.student_no, e.kind, e.title, e.start_on)
        = (new.student_no, new.kind, new.title, new.start_on)
      and e.entry_id <> new.entry_id
      and e.state in ('DRAFT', 'SUBMITTED', 'IN_REVIEW', 'RETURNED', 'APPROVED'))
  then
    raise exception 'An entry of this kind, title and start is there.'
      using errcode = 'unique_violation', constraint = 'self_entry_one', table = 'self_entry';
  end if;
  return new;
end $$;
create trigger self_entry_is_one
  before insert or update of student_no, kind, title, start_on, state on self_entry for each row
  when (new.state in ('DRAFT', 'SUBMITTED', 'IN_REVIEW', 'RETURNED', 'APPROVED'))
  execute function self_entry_is_one();
