-- Whoever confirms grades is told how many wait: they are few among all snapshots (L-08).
create index credit_snapshot_pending on credit_snapshot (student_no) where state = 'PENDING';
