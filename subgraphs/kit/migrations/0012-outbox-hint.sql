-- Whoever waits for events is notified of the topics that a transaction published, when it commits
-- (docs/decisions/0054). A hint: what was published is read from the table.
create function outbox_hint() returns trigger language plpgsql as $$
begin
  perform pg_notify('outbox', topic) from (select distinct topic from published) topics;
  return null;
end $$;
create trigger outbox_hint after insert on outbox referencing new table as published
  for each statement execute function outbox_hint();
