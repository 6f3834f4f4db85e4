-- What waits for its handlers is read by its day; what has none comes last (4.7).
create index warning_waiting on warning ((coalesce(due_on, '9999-12-31'::date)), id)
  where state in ('NOTIFIED', 'ACKNOWLEDGED', 'HANDLING');
