-- Days on which the school works other than from Monday to Friday: holidays, and working days that
-- make up for them (deadlines in working days, DOMAIN 2.1).
create table calendar_day (
  day date primary key,
  is_working boolean not null,
  name text,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  version integer not null default 1,
  constraint calendar_day_second_person check (approved_by <> recorded_by)
);

-- What a student says to it, and until when the others wait for that (F-01, L-07).
alter table notice
  add column waits_until date,
  -- Text of a notice that Student Affairs wrote itself; else that of its kind and version.
  add column title text,
  add column body text,
  add column statement text,
  add column statement_at timestamptz,
  add constraint notice_statement check ((statement is null) = (statement_at is null)),
  add constraint notice_written check ((title is null) = (body is null)),
  add constraint notice_answered check (statement_at >= delivered_at);
-- One notice of a kind about one row.
create unique index notice_once on notice (subject_subgraph, subject_typename, subject_id, kind);
-- What offices read of theirs, by the key of its events.
create index notice_key on notice ((subject_typename || ':' || subject_id || ':' || kind));
create index notice_undelivered on notice (sent_at) where delivered_at is null;
