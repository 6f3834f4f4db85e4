-- What who may read hangs on, as it stood before each change: rows of grants, cases, consents, places and
-- so on say what holds, and a change overwrites them (G20.2, INV-21, docs/decisions/0080). Columns that
-- decide are kept, and nothing else.
create table past_row (
  seq bigint generated always as identity primary key,
  table_name text not null,
  key text not null,
  -- Of whom the row is, where it is of a student.
  student_no text,
  -- Up to this instant the row stood as in `was`; where that is null, there was none.
  until_at timestamptz not null,
  was jsonb
);
create index past_row_key on past_row (table_name, key, until_at);
create index past_row_student on past_row (student_no);
revoke update, delete on past_row from :app;

-- Arguments: the columns of the key, then those that decide, each with commas between. The instant is
-- that of the change; of a batch, that of its approval; else the database's own.
create function keep_past() returns trigger language plpgsql as $$
declare
  becomes jsonb := to_jsonb(new);
  before jsonb := case when tg_op = 'UPDATE' then to_jsonb(old) end;
  was jsonb;
begin
  if tg_op = 'UPDATE' then
    select jsonb_object_agg(c, before->c) into was from unnest(string_to_array(tg_argv[1], ',')) c;
    if was = (select jsonb_object_agg(c, becomes->c) from unnest(string_to_array(tg_argv[1], ',')) c)
    then return new; end if;
  end if;
  insert into past_row (table_name, key, student_no, until_at, was)
  values (tg_table_name,
    (select coalesce(string_agg(becomes->>c, ' '), '') from unnest(string_to_array(tg_argv[0], ',')) c),
    becomes->>'student_no',
    coalesce(nullif(current_setting('chengxin.now', true), '')::timestamptz,
      case when becomes->>'approved_at' is distinct from before->>'approved_at'
        then (becomes->>'approved_at')::timestamptz end,
      clock_timestamp()),
    was);
  return new;
end $$;

-- A row that is deleted is forgotten with its past (INV-11).
create function forget_past() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
declare
  gone jsonb := to_jsonb(old);
begin
  delete from past_row p where p.table_name = tg_table_name
    and p.key = (select coalesce(string_agg(gone->>c, ' '), '')
      from unnest(string_to_array(tg_argv[0], ',')) c)
    and p.student_no is not distinct from gone->>'student_no';
  return old;
end $$;

-- Rows that say themselves since when they count need no line of their making.
create trigger keep_past after update on org
  for each row execute function keep_past('org_code', 'parent_code');
create trigger keep_past after update on student
  for each row execute function keep_past('', 'college,class_code');
create trigger keep_past after update on account
  for each row execute function keep_past('subject', 'state');
create trigger keep_past after update on admin_grant
  for each row execute function keep_past('id',
    'role,org_code,valid_from,valid_to,state,approved_at');
create trigger keep_past after update on evaluation_case
  for each row execute function keep_past('case_id',
    'purpose,opens_at,closes_at,state,approved_at');
create trigger keep_past after update on audit
  for each row execute function keep_past('audit_no', 'staff_no,opens_at,closes_at,approved_at');
create trigger keep_past after update on aid_round
  for each row execute function keep_past('round_id',
    'org_codes,opens_at,closes_at,state,approved_at');
create trigger keep_past after update on consent
  for each row execute function keep_past('consent_id',
    'granted_at,expires_at,withdrawn_at,approved_at');
create trigger keep_past after update on report_token
  for each row execute function keep_past('id', 'state,used_views,expires_at');
create trigger keep_past after update on commitment
  for each row execute function keep_past('id', 'signed_at');
-- The others do not.
create trigger keep_past after insert on case_student
  for each row execute function keep_past('case_id', '');
create trigger keep_past after insert or update on case_assignment
  for each row execute function keep_past('id',
    'staff_no,valid_from,valid_to,revoked_at,conflict_of_interest');
create trigger keep_past after insert on relation_declaration
  for each row execute function keep_past('id', '');
create trigger keep_past after insert or update on appeal
  for each row execute function keep_past('id', 'state,handler_no,second_handler_no');
create trigger keep_past after insert or update on repair_application
  for each row execute function keep_past('id', 'state,handler_no');
create trigger keep_past after insert or update on conduct_record
  for each row execute function keep_past('id', 'state,disputed');
create trigger keep_past after insert or update on submission
  for each row execute function keep_past('id', 'state');

create trigger forget_past after delete on consent
  for each row execute function forget_past('consent_id');
create trigger forget_past after delete on report_token
  for each row execute function forget_past('id');
create trigger forget_past after delete on commitment
  for each row execute function forget_past('id');
create trigger forget_past after delete on case_student
  for each row execute function forget_past('case_id');
create trigger forget_past after delete on relation_declaration
  for each row execute function forget_past('id');
create trigger forget_past after delete on appeal
  for each row execute function forget_past('id');
create trigger forget_past after delete on repair_application
  for each row execute function forget_past('id');
create trigger forget_past after delete on conduct_record
  for each row execute function forget_past('id');
create trigger forget_past after delete on submission
  for each row execute function forget_past('id');
