-- Import runs of all offices, as they told of them over the feed; the archive's own come straight in.

create table collection_batch (
  -- Subgraph that imported, and its own number of the batch: no office speaks for another.
  source text not null,
  batch_id uuid not null,
  kind text not null,
  -- Of the catalogue as it was then; null for what it does not name.
  catalogue_item text,
  unit text,
  file_digest text not null,
  received_at timestamptz not null,
  -- Calendar day at +08:00.
  received_on date not null,
  row_count integer not null check (row_count >= 0),
  rejected_count integer not null check (rejected_count >= 0),
  -- First reasons as {line, column, reason}, never with values (FG41).
  errors jsonb not null default '[]' check (jsonb_typeof(errors) = 'array'),
  state text not null check (state in ('RECEIVED', 'IN_FORCE')),
  in_force_at timestamptz,
  changed_count integer,
  version integer not null,
  primary key (source, batch_id),
  constraint collection_batch_in_force check
    ((state = 'IN_FORCE') = (in_force_at is not null and changed_count is not null))
);
create index collection_batch_item on collection_batch ((coalesce(catalogue_item, '')), received_on);
