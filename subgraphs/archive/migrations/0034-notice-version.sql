-- A notice on processing is proposed by one person, approved by another, and never changed once it is
-- published: agreements and consents name the version that was shown (L-10, INV-02).
alter table notice_version
  add column recorded_by text,
  add column recorded_at timestamptz,
  add column approved_by text,
  add column approved_at timestamptz,
  add constraint notice_version_second_person check (approved_by <> recorded_by);
revoke update, delete on notice_version from :app;
