-- A run that was planned by mistake is cancelled before it is computed (2.4).
alter table evaluation_run
  drop constraint evaluation_run_state_check,
  add constraint evaluation_run_state_check check (state in ('PLANNED', 'COMPUTING', 'COMPUTED',
    'COLLEGE_CONFIRMED', 'SELF_NOTICE', 'CONFIRMED', 'LOCKED', 'SUPERSEDED', 'CANCELLED'));
