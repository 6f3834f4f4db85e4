-- Seals of the logs (INV-13, docs/decisions/0055): each is over the rows from one number to another,
-- and over the seal before it. The leaves are the digests of the rows, in the order of their numbers.
create table log_seal (
  log text not null,
  number bigint not null check (number > 0),
  -- Rows after the first number, up to and with the last one; nothing comes between any more.
  after_id bigint not null,
  last_id bigint not null check (last_id > after_id),
  ids bigint[] not null,
  leaves bytea not null,
  root text not null,
  -- Digest of the seal before; '' of none.
  previous text not null,
  sealed_at timestamptz not null,
  key_id text not null,
  signature text not null,
  primary key (log, number),
  check (octet_length(leaves) = 32 * cardinality(ids))
);
revoke update, delete on log_seal from :app;
