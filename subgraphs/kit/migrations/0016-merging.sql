-- Two numbers that are one person's (F-07): what both have becomes one's. A number that is given up moves to
-- one under which there are rows already, so that rows may meet that a key allows once
-- (docs/decisions/0066).

-- What becomes of two rows of a table that meet and differ; of equal ones the one of the number that
-- holds stays, and nothing is lost, unless the rule refuses them too. A table without a rule lets no merge through; a test looks for those.
create table merge_rule (
  table_name text primary key,
  rule text not null check (rule in (
    -- The row of the number that holds stays: it follows from others, or says nothing that the other denies.
    'KEEP',
    -- It stays, and the other waits as an import batch, for the reviewer to approve or to reject.
    'REVIEW',
    -- Nothing is merged until people have made them equal.
    'SAME',
    -- Nor while there are two: each is a matter of its own.
    'REFUSE')),
  -- Of REVIEW: the kind of import, and whether its facts are proposed by form too.
  kind text,
  by_form boolean not null default false,
  -- Where others learn of a row, by topic and key: that it is gone.
  topic text,
  prefix text,
  constraint merge_rule_kind check ((rule = 'REVIEW') = (kind is not null))
);
revoke insert, update, delete on merge_rule from :app;
insert into merge_rule (table_name, rule) values ('roster', 'KEEP'), ('change_key', 'KEEP');

-- Each key that names a student together with something else: `held` with it, `among` some rows alone.
create function student_keys() returns table (table_name text, moving text, held text[], among text)
language sql stable as $$
  select c.relname::text, a.attname::text,
    (select coalesce(array_agg(pg_get_indexdef(i.indexrelid, k.n, true) order by k.n), '{}')
     from generate_series(1, i.indnkeyatts) k (n) where i.indkey[k.n - 1] <> a.attnum),
    coalesce(pg_get_expr(i.indpred, i.indrelid), 'true')
  from pg_index i join pg_class c on c.oid = i.indrelid
  join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
  left join student_column s on s.table_name = c.relname and s.column_name = a.attname
  where i.indisunique and c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    and coalesce(s.moves, a.attname = 'student_no')
    -- What is one without its student is one with him.
    and not exists (select from pg_index p
      where p.indrelid = i.indrelid and p.indisunique and p.indpred is null and p.indexprs is null
        and a.attnum <> all (p.indkey) and p.indkey::int2[] <@ i.indkey::int2[])
$$;

-- A row without what says who wrote it down, when, and by which document.
create function facts_of(of jsonb) returns jsonb language sql immutable as $$
  select of - array['id', 'student_no', 'subject', 'version', 'recorded_by', 'recorded_at',
    'approved_by', 'approved_at', 'evidence']
$$;

-- Rows of one number that meet rows of another.
create function colliding_rows(was text, becomes text)
returns table (table_name text, at_row tid, said jsonb, is_equal boolean)
language plpgsql stable as $$
declare
  one record;
begin
  for one in select * from student_keys() loop
    return query execute format($rows$
      with rows as (
        select t.ctid as at_row, t.%2$I as number, to_jsonb(t) as said, array[%3$s]::text[] as key
        from %1$I t where t.%2$I in ($1, $2) and (%4$s))
      select %1$L::text, w.at_row, w.said, facts_of(w.said) = facts_of(b.said)
      from rows w join rows b on w.key = b.key and array_position(w.key, null) is null
      where w.number = $1 and b.number = $2 $rows$,
      one.table_name, one.moving,
      array_to_string(array(select format('(%s)::text', h) from unnest(one.held) h), ', '), one.among)
    using was, becomes;
  end loop;
end $$;

-- A row waits, as one that was read from a file does: whoever reviews such rows approves it, which writes
-- it over the one that holds, or rejects it. Its clerk and its document are its own.
create function await_review(rule merge_rule, said jsonb, becomes text, instant timestamptz)
returns void language plpgsql as $$
declare
  batch uuid := gen_random_uuid();
  mark text := encode(sha256(convert_to(gen_random_uuid()::text, 'UTF8')), 'hex');
  staged jsonb;
begin
  select jsonb_object_agg(lower(left(words, 1)) || substr(words, 2), f.value) into staged
  from jsonb_each(facts_of(said)) f
  cross join lateral (select replace(initcap(replace(f.key, '_', ' ')), ' ', '')) w (words);
  staged := staged || jsonb_build_object('studentNo', becomes);
  insert into import_batch (id, kind, file_name, file_sha256, basis_doc_no, state, row_count,
    recorded_by, recorded_at, by_form, failure)
  values (batch, rule.kind, 'merge', mark, said->'evidence'->0->>'docNo', 'PROPOSED', 1,
    said->>'recorded_by', instant, rule.by_form,
    '两学号合并，此记录与保留学号的记录不同。 Two numbers were merged: this row differs from that of the number that holds.');
  insert into import_row (batch_id, line, value, unsaid)
  select batch, 1, staged,
    coalesce(jsonb_object_agg(e.key, e.value) filter (where e.value = 'null'), '{}')
  from jsonb_each(staged) e;
  insert into outbox (topic, key, version, payload, at) values ('collection', batch::text, 1,
    jsonb_build_object('kind', rule.kind, 'fileDigest', mark, 'receivedAt', instant, 'rows', 1,
      'rejected', 0, 'errors', '[]'::jsonb), instant);
end $$;

-- What a merge does to a row beside moving it stands in the log.
create function log_merged(instant timestamptz, table_name text, number text, student_no text)
returns void language sql as $$
  insert into operation_log (at, actor, role, action, target, request_id)
  values (instant, 'SYSTEM', 'SYSTEM', 'student.approveMerge', concat_ws(' ',
    replace(initcap(replace(table_name, '_', ' ')), ' ', ''), coalesce(number, student_no), student_no),
    gen_random_uuid()::text)
$$;

-- Rows that meet become one each, by the rule of their table.
create function settle_collisions(was text, becomes text, instant timestamptz) returns void
language plpgsql as $$
declare
  one record;
  rule merge_rule;
begin
  for one in
    select distinct on (c.table_name, c.at_row) c.* from colliding_rows(was, becomes) c
    order by c.table_name, c.at_row, c.is_equal
  loop
    select * into rule from merge_rule r where r.table_name = one.table_name;
    if rule is null or rule.rule = 'REFUSE'
      or (rule.rule = 'SAME' and not one.is_equal) then
      raise exception 'Two rows of % meet.', one.table_name
        using errcode = 'unique_violation', table = one.table_name, constraint = 'merge_rule';
    end if;
    -- What was revoked comes back by no merge.
    if rule.rule = 'REVIEW' and not one.is_equal and one.said->>'state' is distinct from 'REVOKED' then
      perform await_review(rule, one.said, becomes, instant);
    end if;
    if rule.topic is not null then
      insert into outbox (topic, key, version, at) values (rule.topic,
        rule.prefix || (one.said->>'id'), (one.said->>'version')::integer + 1, instant);
    end if;
    if one.table_name not in ('roster', 'change_key') then
      perform log_merged(instant, one.table_name, one.said->>'id', becomes);
    end if;
    execute format('delete from %I where ctid = $1', one.table_name) using one.at_row;
  end loop;
end $$;

-- As before (0014), and rows that meet become one.
create function renumber_student(was text, becomes text, instant timestamptz) returns void
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
  set constraints all deferred;
  perform settle_collisions(was, becomes, instant);
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
create or replace function renumber_student(was text, becomes text) returns void
language sql security definer set search_path = public, pg_temp as $$
  select renumber_student(was, becomes, now())
$$;

revoke all on function student_keys() from public, :app;
revoke all on function colliding_rows(text, text) from public, :app;
revoke all on function await_review(merge_rule, jsonb, text, timestamptz) from public, :app;
revoke all on function log_merged(timestamptz, text, text, text) from public, :app;
revoke all on function settle_collisions(text, text, timestamptz) from public, :app;
revoke all on function renumber_student(text, text, timestamptz) from public;
grant execute on function renumber_student(text, text, timestamptz) to :app;
