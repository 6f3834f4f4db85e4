-- Which history of a database cluster the transaction ids of the outbox are of. They are numbers of
-- that history alone: after a restore elsewhere, or to an earlier time, they start lower than before.
create function cluster_history() returns text language sql volatile as $$
  select system_identifier || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8)
  from pg_control_system()
$$;
create table feed_epoch (
  -- One row.
  is_present boolean primary key default true check (is_present),
  epoch uuid not null default gen_random_uuid(),
  history text not null
);
insert into feed_epoch (history) values (cluster_history());
revoke insert, update, delete on feed_epoch from :app;

-- The epoch of its source in which a cursor stands.
alter table feed_cursor add column epoch uuid;

-- Events that could not be applied: they stop no other and are not lost. Tried again at each start.
create table failed_event (
  source text not null,
  topic text not null,
  key text not null,
  version integer not null,
  -- Ciphertext under the data key of this office.
  payload text not null,
  -- SQLSTATE and constraint, or the kind of error; never a value.
  reason text not null,
  at timestamptz not null,
  primary key (source, topic, key, version)
);
