-- A batch is a row that mutations change: its reviewer names the version that he saw.
alter table import_batch
  add column version integer not null default 1,
  -- A large batch is approved first and applied by a job, under the orgs of who approved it.
  add column approver_orgs text[],
  -- Why a job could not apply it: it waits again.
  add column failure text,
  drop constraint import_batch_state_check,
  add constraint import_batch_state_check check (state in
    ('READING', 'PROPOSED', 'APPROVING', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'FAILED')),
  add constraint import_batch_approver check (state <> 'APPROVING' or approved_by is not null);
create index import_batch_approving on import_batch (id) where state = 'APPROVING';
