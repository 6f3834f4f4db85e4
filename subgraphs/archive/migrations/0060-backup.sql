-- Evidence of backups as the offices report it (F-06, G19.2).
alter table backup_run add column version integer not null default 1;
-- Why it, or its trial, failed: a code or a sentence about files and tables; nothing of anybody.
alter table backup_run add column cause text;
create index backup_run_newest on backup_run (office, started_at desc);
