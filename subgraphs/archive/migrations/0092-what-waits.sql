-- What waits for its handlers is read by its day; what has none comes last (4.7).
create index warning_waiting on warning ((coalesce(due_on, '9999-12-31'::date)), id)
  where state in ('NOTIFIED', 'ACKNOWLEDGED', 'HANDLING');

-- A single fact by form changes what is held, and delivers no catalogue item (W-09).
alter table collection_batch add column by_form boolean not null default false;
update collection_batch b set by_form = true
  from import_batch i where b.source = 'archive' and i.id = b.batch_id and i.by_form;
