-- What an office holds of a student goes as a whole once his archive is destroyed (2.4, 3.6, INV-11):
-- rows, the keys under which the log holds what they said, the keys by which requests were repeated.
-- The lines of the log stay, for their own time, and no value in them can be read any more.
create index operation_log_student on operation_log (split_part(target, ' ', 3));

-- What of a student stands in tables of an office that do not name him; an office has its own.
create function erase_beside(named text) returns void language plpgsql as $$
begin
end $$;

create function names_student(relation oid) returns boolean language sql stable as $$
  select exists (select from pg_attribute a
    where a.attrelid = relation and a.attname = 'student_no' and not a.attisdropped)
$$;

-- Every row of a student, of every table that names him but those that are kept; answers the numbers of
-- the rows that went. A table that comes later is among them by itself.
create function erase_rows_of(named text, kept text[]) returns text[] language plpgsql
security definer set search_path = public, pg_temp as $$
declare
  waiting text[];
  still text[];
  one text;
  child record;
  went text[];
  gone text[] := '{}';
begin
  delete from record_key k using operation_log l
  where split_part(l.target, ' ', 3) = named and k.topic = l.target_type and k.key = l.target_id;
  delete from import_row r where r.value->>'studentNo' = named;
  delete from failed_event e where e.key = named;
  perform erase_beside(named);
  -- Rows that hang on his and do not name him themselves.
  for child in
    select con.conrelid::regclass as rows, con.confrelid::regclass as parents,
      (select string_agg(format('c.%I = p.%I', own.attname, other.attname), ' and ')
       from unnest(con.conkey, con.confkey) as pair (own, other)
       join pg_attribute own on own.attrelid = con.conrelid and own.attnum = pair.own
       join pg_attribute other on other.attrelid = con.confrelid and other.attnum = pair.other
      ) as same
    from pg_constraint con
    where con.contype = 'f' and con.connamespace = 'public'::regnamespace
      and names_student(con.confrelid) and not names_student(con.conrelid)
  loop
    execute format('delete from %s c using %s p where p.student_no = $1 and %s',
      child.rows, child.parents, child.same) using named;
  end loop;
  select coalesce(array_agg(c.relname::text order by c.relname), '{}') into waiting
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and c.relname <> all(kept) and names_student(c.oid);
  -- A table whose rows others still name waits for them.
  while cardinality(waiting) > 0 loop
    still := '{}';
    foreach one in array waiting loop
      begin
        execute format('with gone as (delete from %I t where t.student_no = $1
            returning to_jsonb(t)->>''id'' as id)
          select coalesce(array_agg(id) filter (where id is not null), ''{}'') from gone', one)
        into went using named;
        gone := gone || went;
      exception when foreign_key_violation then
        still := still || one;
      end;
    end loop;
    if cardinality(still) = cardinality(waiting) then
      raise exception 'Rows of % name each other.', still;
    end if;
    waiting := still;
  end loop;
  delete from record_key k where k.key = any(gone);
  delete from notice_standing s where s.subject_id = any(gone);
  delete from change_key k where k.subject = named or k.target_id = any(gone || named);
  return gone;
end $$;

-- The same under every number that the student ever had: of some things the number stays as it was
-- written (docs/decisions/0059).
create function erase_student(named text, kept text[]) returns text[] language plpgsql
security definer set search_path = public, pg_temp as $$
declare
  numbers text[];
  one text;
  gone text[] := '{}';
begin
  select array_agg(f.old_no) || named into numbers from former_number f where f.student_no = named;
  foreach one in array coalesce(numbers, array[named]) loop
    gone := gone || erase_rows_of(one, kept);
  end loop;
  return gone;
end $$;

-- The run-time role erases nobody whom the archive still has, and nobody who has another number now.
create function erase_gone_student(named text, instant timestamptz) returns void language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  if exists (select from roster r where r.student_no = named) then return; end if;
  if exists (select from former_number f where f.old_no = named) then return; end if;
  if cardinality(erase_student(named, '{}')) = 0 then return; end if;
  insert into operation_log (at, actor, role, action, target, request_id)
  values (instant, 'feed:archive', 'SYSTEM', 'archive.destroy', format('Archive %1$s %1$s', named),
    gen_random_uuid()::text);
end $$;

-- Keys of rows of one type that are not there any more, and of no others: `ExamViolation` stands in
-- exam_violation.
create function destroy_keys_of_erased(kind text, numbers uuid[]) returns void language plpgsql
security definer set search_path = public, pg_temp as $$
declare
  there uuid[];
begin
  execute format('select coalesce(array_agg(id), ''{}'') from %I where id = any($1)',
    lower(regexp_replace(kind, '([a-z0-9])([A-Z])', '\1_\2', 'g'))) into there using numbers;
  delete from record_key k
  where k.topic = kind and k.key = any(numbers::text[]) and k.key <> all(there::text[]);
  delete from change_key k
  where k.target_id = any(numbers::text[]) and k.target_id <> all(there::text[]);
end $$;

revoke all on function erase_beside(text) from public, :app;
revoke all on function erase_rows_of(text, text[]) from public, :app;
revoke all on function erase_student(text, text[]) from public, :app;
revoke all on function erase_gone_student(text, timestamptz) from public;
revoke all on function destroy_keys_of_erased(text, uuid[]) from public;
grant execute on function erase_gone_student(text, timestamptz) to :app;
grant execute on function destroy_keys_of_erased(text, uuid[]) to :app;
