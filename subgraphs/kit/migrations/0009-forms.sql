-- One fact that was proposed by form is a batch of one (3.8).
alter table import_batch
  add column by_form boolean not null default false,
  add constraint import_batch_one_fact check (not by_form or row_count = 1);

-- Of a call that decides on several rows at once: what became of each, for whoever requests it again.
alter table change_key add column outcome jsonb;
