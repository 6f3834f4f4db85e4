-- Statistics are released with noise, and what they spend of the year's privacy budget is kept (3.6).

-- Exact counts are kept no longer, nor can anybody read those of old runs.
drop table released_statistic;

-- One release of a run: prepared by one person, released by another.
create table statistic_release (
  run_id text primary key references evaluation_run (run_id),
  state text not null check (state in ('PREPARED', 'RELEASED')),
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  constraint statistic_release_second_person check (approved_by <> recorded_by),
  constraint statistic_release_released check ((state = 'RELEASED') = (approved_at is not null)
    and (approved_by is null) = (approved_at is null))
);

-- How much may be disclosed of any one student within twelve months, by table, in hundredths of ε.
create table privacy_budget (
  table_name text primary key,
  yearly_epsilon integer not null check (yearly_epsilon > 0)
);
insert into privacy_budget (table_name, yearly_epsilon)
values ('GRADE', 400), ('DIMENSION', 400), ('COMMITMENT', 400), ('WARNING', 400);
revoke insert, update, delete on privacy_budget from :app;

-- What a release spent of it: no cell is stored without.
create table privacy_spending (
  run_id text not null references statistic_release (run_id),
  table_name text not null references privacy_budget (table_name),
  epsilon integer not null check (epsilon > 0),
  spent_at timestamptz not null,
  primary key (run_id, table_name)
);
create index privacy_spending_table on privacy_spending (table_name, spent_at);
revoke update, delete on privacy_spending from :app;

-- Any twelve months, not the calendar year: else December and January would spend two budgets.
create function privacy_budget_holds() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
declare
  allowed integer;
  spent integer;
begin
  if not exists (select from statistic_release r
      where r.run_id = new.run_id and r.state = 'RELEASED') then
    raise exception 'Nothing is spent on a release that one person alone has prepared.'
      using errcode = 'check_violation', constraint = 'privacy_spending_released';
  end if;
  -- Two releases at the same time wait for each other here.
  select b.yearly_epsilon into allowed from privacy_budget b
  where b.table_name = new.table_name for update;
  select coalesce(sum(s.epsilon), 0) into spent from privacy_spending s
  where s.table_name = new.table_name and s.spent_at > new.spent_at - interval '12 months';
  if spent + new.epsilon > allowed then
    raise exception 'The privacy budget of twelve months is spent.'
      using errcode = 'check_violation', constraint = 'privacy_budget_not_overspent';
  end if;
  return new;
end $$;
create trigger privacy_budget_holds before insert on privacy_spending
  for each row execute function privacy_budget_holds();

-- Cells as they are published, the same for everybody.
create table released_statistic (
  run_id text not null,
  table_name text not null,
  group_by text not null check (group_by in ('', 'COLLEGE', 'COLLEGE,MAJOR')),
  position integer not null check (position >= 0),
  -- [{name, value}]; without the last one of its table it is the total of its line.
  keys jsonb not null,
  -- With noise; null where that is below ten.
  value integer check (value >= 0),
  -- The noise of nineteen cells in twenty is no larger.
  half_width integer not null check (half_width > 0),
  primary key (run_id, table_name, group_by, position),
  foreign key (run_id, table_name) references privacy_spending (run_id, table_name)
);
revoke update, delete on released_statistic from :app;
