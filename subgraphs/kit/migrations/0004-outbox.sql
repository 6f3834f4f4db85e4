-- The outbox names records and their versions; what they say is read from their tables when the feed
-- is read. So nothing of a destroyed record is left here (DOMAIN 3.6).
alter table outbox alter column payload set default '{}';

-- Values of the moment, which no table holds: ciphertext under the key of their record.
alter table outbox add column sealed text;
create table record_key (
  topic text not null,
  key text not null,
  -- Ciphertext under the data key of this office.
  sealed_key text not null,
  primary key (topic, key)
);
revoke update, delete on record_key from :app;

-- Counts of import runs are codes. Whatever else is written into an event in clear is left out.
create function outbox_names_records() returns trigger language plpgsql as $$
begin
  new.payload := '{}';
  return new;
end $$;
create trigger outbox_names_records before insert on outbox
  for each row when (new.topic <> 'collection' and new.payload <> '{}')
  execute function outbox_names_records();

-- Disclosures that nobody has read yet would be lost; they go when they are 14 days old.
update outbox set payload = '{}' where topic not in ('access', 'collection') and payload <> '{}';
