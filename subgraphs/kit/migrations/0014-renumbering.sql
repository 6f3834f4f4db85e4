-- Numbers that students had before (F-07). The number of a student is the join key between offices: rows
-- move to the one that holds, and logs stay as they were written (docs/decisions/0059).
create table former_number (
  old_no text primary key,
  -- The number that holds.
  student_no text not null,
  constraint former_number_other check (old_no <> student_no)
);
create index former_number_student on former_number (student_no);
revoke insert, update, delete on former_number from :app;

-- Which columns a renumbering moves beside each `student_no`, and which `student_no` it leaves.
create table student_column (
  table_name text not null,
  column_name text not null,
  moves boolean not null,
  primary key (table_name, column_name)
);
revoke insert, update, delete on student_column from :app;
insert into student_column values
  -- What a student sent before is the same request after.
  ('change_key', 'subject', true),
  -- A log.
  ('closed_review', 'student_no', false);

-- Whether a row changes in nothing but the number of its student, who was renumbered: what else may not
-- change about it does not.
create function is_renumbering(was jsonb, becomes jsonb) returns boolean language sql stable as $$
  select was - 'student_no' = becomes - 'student_no' and exists (
    select from former_number f
    where f.old_no = was->>'student_no' and f.student_no = becomes->>'student_no')
$$;

-- Foreign keys over the number of a student are checked once all tables have the new one.
create function defer_student_keys() returns void language plpgsql as $$
declare
  one record;
begin
  for one in
    select c.conrelid::regclass as name, c.conname from pg_constraint c
    where c.contype = 'f' and not c.condeferrable and c.connamespace = 'public'::regnamespace
      and exists (select from pg_attribute a
        where a.attrelid = c.conrelid and a.attnum = any (c.conkey) and a.attname = 'student_no')
  loop
    execute format('alter table %s alter constraint %I deferrable initially immediate',
      one.name, one.conname);
  end loop;
end $$;

-- Moves the rows of a student to the number that holds. It may be called again: what was written in
-- between under the old number follows. Batches that are being applied end first.
create function renumber_student(was text, becomes text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one record;
begin
  insert into former_number values (was, becomes)
    on conflict (old_no) do update set student_no = excluded.student_no;
  perform from import_batch where state in ('READING', 'PROPOSED', 'APPROVING') order by id for update;
  -- A row of the roll is sealed under its number: it is brought in anew.
  update import_row r set value = jsonb_set(r.value, '{studentNo}', to_jsonb(becomes))
  from import_batch b
  where b.id = r.batch_id and b.state in ('PROPOSED', 'APPROVING') and b.kind <> 'students'
    and r.value->>'studentNo' = was;
  delete from roster where student_no = was
    and exists (select from roster r where r.student_no = becomes);
  set constraints all deferred;
  for one in
    select c.oid::regclass as name, a.attname from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join student_column s on s.table_name = c.relname and s.column_name = a.attname
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and coalesce(s.moves, a.attname = 'student_no')
    -- Tables whose triggers look at other tables come after those.
    order by exists (select from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal),
      c.relname, a.attname
  loop
    execute format('update %s set %I = $2 where %I = $1', one.name, one.attname, one.attname)
      using was, becomes;
  end loop;
  set constraints all immediate;
end $$;
revoke all on function renumber_student(text, text) from public;
grant execute on function renumber_student(text, text) to :app;
