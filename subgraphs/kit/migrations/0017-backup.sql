-- An office that was put back from a backup: what went since must go again before anybody is served
-- (F-06, 3.6, docs/decisions/0068).
create table restored (
  -- One row.
  is_present boolean primary key default true check (is_present),
  backup_id uuid not null,
  backup_taken_at timestamptz not null,
  restored_at timestamptz not null,
  -- When all that went since was erased again: from then on it serves.
  reconciled_at timestamptz
);
revoke insert, delete on restored from :app;

-- What its sources still have, as their feeds are read anew; what is held and not among it is gone.
create table reread (
  source text not null,
  topic text not null,
  key text not null,
  primary key (source, topic, key)
);

-- How a backup went: codes, sizes and digests.
drop trigger outbox_names_records on outbox;
create trigger outbox_names_records before insert on outbox
  for each row when (new.topic not in ('collection', 'backup') and new.payload <> '{}')
  execute function outbox_names_records();
