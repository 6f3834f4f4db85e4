-- An appeal against a sanction: the committee may take longer once, and the student may go on to the
-- province, whose outcome stands beside the committee's (L-06).
alter table appeal
  add column extended_at timestamptz,
  add column provincial_deadline date,
  add column provincial_outcome text check (provincial_outcome in ('MODIFY', 'REVOKE', 'REJECT')),
  add column provincial_doc_no text,
  add constraint appeal_committee check (kind = 'SANCTION'
    or (extended_at is null and provincial_deadline is null and provincial_outcome is null)),
  add constraint appeal_provincial check
    ((provincial_outcome is null) = (provincial_doc_no is null));
