-- What a change leaves behind: the row that it is about, what it follows from, and, as ciphertext
-- under the key of that row, the reason and the row before and after (INV-13). To destroy the key is
-- to delete them; the line itself stays.
alter table operation_log
  add column target_type text,
  add column target_id text,
  -- Action and row of which this line is a consequence.
  add column basis text,
  add column sealed text;
-- Whether somebody has acted on a row before is looked up for each second person.
create index operation_log_target on operation_log (target_type, target_id, actor);

-- A change that is requested twice is done once.
create table change_key (
  subject text not null,
  role text not null,
  action text not null,
  client_mutation_id text not null,
  -- Keyed digest of the arguments.
  input_digest text not null,
  -- Row that was changed; null while the change runs, which no other transaction sees.
  target_id text,
  at timestamptz not null,
  primary key (subject, role, action, client_mutation_id)
);
revoke delete on change_key from :app;
