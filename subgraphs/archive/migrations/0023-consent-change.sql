-- Consents that students give online: requested first, granted by themselves, ended by them or by time.
alter table consent
  alter column granted_at drop not null,
  -- Nobody approves what a person decides on himself (L-09).
  alter column approved_by drop not null,
  alter column approved_at drop not null,
  -- When the job found it expired: what stood under it is gone since (INV-10).
  add column expired_at timestamptz,
  add constraint consent_paper check (form = 'SEPARATE' or (granted_at is not null
    and approved_by is not null and approved_at is not null)),
  add constraint consent_given check
    (granted_at is not null or (withdrawn_at is null and expired_at is null));
create index consent_running on consent (expires_at) where expired_at is null;
create index report_token_running on report_token (expires_at) where state in ('ISSUED', 'USED');
