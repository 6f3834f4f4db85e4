-- A sanction all of whose records were revoked is read by Student Affairs under its own number: who could
-- see a student then hangs on its state (G20.2, docs/decisions/0080).
create trigger keep_past after insert or update on sanction
  for each row execute function keep_past('id', 'state');
create trigger forget_past after delete on sanction
  for each row execute function forget_past('id');
