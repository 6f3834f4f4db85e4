-- How a report that was handed over stands, for whoever verifies it: nothing of it says whose it is. A
-- row outlives the report, so that what is erased is answered as revoked (docs/decisions/0073).
create table report_status (
  -- Place in the status list, drawn at random: neighbours have nothing in common.
  idx integer primary key check (idx between 0 and 1048575),
  -- Digest of the check code; the code is kept nowhere.
  code_hash text not null unique,
  issued_at timestamptz not null,
  ends_at timestamptz not null,
  is_revoked boolean not null default false
);
create index report_status_running on report_status (ends_at);
revoke update, delete on report_status from :app;

-- Reports that students hand over: on paper, or as a credential that is verified offline (Z2.1, G21).
create table credit_report (
  id uuid primary key default gen_random_uuid(),
  student_no text not null,
  consent_id text not null references consent (consent_id),
  form text not null check (form in ('PAPER', 'CREDENTIAL')),
  report_template text not null,
  watermark text not null,
  status_idx integer not null unique references report_status (idx),
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  -- Request that makes its document: to it alone the groups of the template are open.
  making_request text,
  document_digest text,
  times_verified integer not null default 0,
  last_verified_at timestamptz,
  state text not null check (state in ('ISSUED', 'REVOKED')),
  version integer not null default 1
);
create index credit_report_student on credit_report (student_no);
create index credit_report_consent on credit_report (consent_id);

create function revoke_erased_report() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  update report_status set is_revoked = true where idx = old.status_idx;
  return null;
end $$;
create trigger credit_report_erased after delete on credit_report
  for each row execute function revoke_erased_report();
