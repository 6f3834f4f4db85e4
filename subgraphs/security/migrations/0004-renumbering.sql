-- A student whose number has changed keeps what is known of him (F-07): of a sealed record, too, the number
-- of its student alone follows, and nothing else of it changes (T-03).
select defer_student_keys();
drop trigger law_violation_is_sealed on law_violation;
create trigger law_violation_is_sealed before update on law_violation
  for each row when (old.state = 'SEALED' and not is_renumbering(to_jsonb(old), to_jsonb(new)))
  execute function law_violation_is_sealed();
