-- The rejected rows of a file that came over HTTP, as the list beside a file has them: portions of CSV.
-- One with values is gone once the batch is decided, and after a week (F-13).
create table import_rejected (
  batch_id uuid not null references import_batch (id),
  portion integer not null,
  csv text not null,
  with_values boolean not null,
  primary key (batch_id, portion)
);
-- The first reasons for which rows were rejected, without values.
alter table import_batch add column errors jsonb;
