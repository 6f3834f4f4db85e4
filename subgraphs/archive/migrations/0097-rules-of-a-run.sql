-- A run is of the rule set that is in force on its day, which is known once the day is over: it is pinned
-- when the run begins, and stays from then on (4.8, INV-16). A run that can come to nothing, for nobody
-- is rated or one of a later day is locked, ends and says why.
alter table evaluation_run
  add column discarded_because text,
  add constraint evaluation_run_discarded check (discarded_because is null
    or (state = 'CANCELLED' and discarded_because in ('NOBODY_RATED', 'LATER_RUN_LOCKED')));

create or replace function keep_run() returns trigger language plpgsql as $$
begin
  if (new.run_id, new.period, new.cut_off_at, new.kind, new.recorded_by, new.recorded_at)
    is distinct from (old.run_id, old.period, old.cut_off_at, old.kind, old.recorded_by,
      old.recorded_at)
    or (old.state <> 'PLANNED' and (new.rule_set, new.rule_set_sha256)
      is distinct from (old.rule_set, old.rule_set_sha256))
    or (old.state = 'LOCKED' and (new.state not in ('LOCKED', 'SUPERSEDED')
      or (new.locked_at, new.approved_by) is distinct from (old.locked_at, old.approved_by)))
    or (old.state in ('SUPERSEDED', 'CANCELLED') and new is distinct from old) then
    raise exception 'A run stays as it was planned, begun and locked (INV-08).'
      using errcode = 'check_violation', constraint = 'evaluation_run_kept';
  end if;
  return new;
end $$;
