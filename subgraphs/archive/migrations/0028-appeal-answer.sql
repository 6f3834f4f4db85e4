-- What the office that owns the fact says to an appeal, for whoever decides it (G14.2).
alter table appeal
  add column office_answer text,
  add column answered_by text,
  add column answered_at timestamptz,
  add constraint appeal_answered check
    ((office_answer is null) = (answered_by is null) and (answered_by is null) = (answered_at is null));
