-- How often malice was refused on a bill: finance learns that its proposal came to nothing (T-01).
alter table malice_told add column refusals integer not null default 0;
