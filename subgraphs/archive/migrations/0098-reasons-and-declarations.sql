-- A decision in a case states a reason that rests on no credit (T-07, 3.5). What was decided before stays
-- as it is, also when its student gets another number.
create function keep_reasons() returns trigger language plpgsql as $$
begin
  if new.reason_codes <@ '["CREDIT_GRADE", "V-02", "V-03", "V-04", "V-05"]'::jsonb then
    raise exception 'A decision never rests on credit alone (T-07).'
      using errcode = 'check_violation', constraint = 'case_decision_reasons';
  end if;
  return new;
end $$;
create trigger case_decision_reasons before insert or update of reason_codes on case_decision
  for each row execute function keep_reasons();

-- Whether an evaluator is related to a candidate is not known before he says so.
alter table case_assignment
  alter column conflict_of_interest drop not null,
  alter column conflict_of_interest drop default;
update case_assignment set conflict_of_interest = null
where declared_at is null and not conflict_of_interest;
