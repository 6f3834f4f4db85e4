-- A deferral is requested or proposed first: nobody has approved it yet, and it may be withdrawn.
alter table deferral
  alter column approved_by drop not null,
  alter column approved_at drop not null,
  drop constraint deferral_state_check,
  add constraint deferral_state_check
    check (state in ('REQUESTED', 'APPROVED', 'REFUSED', 'WITHDRAWN')),
  add constraint deferral_decided check
    ((state in ('APPROVED', 'REFUSED')) = (approved_by is not null)
      and (approved_by is null) = (approved_at is null)),
  -- What was refused or withdrawn may be asked for again.
  drop constraint deferral_bill_no_until_key;
create unique index deferral_approved on deferral (bill_no, until) where state = 'APPROVED';
create unique index deferral_requested on deferral (bill_no) where state = 'REQUESTED';
