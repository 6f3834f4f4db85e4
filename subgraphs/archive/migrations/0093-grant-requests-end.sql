-- A request of a grant is declined, withdrawn or lapses (G18.1, docs/decisions/0090).
alter table admin_grant drop constraint admin_grant_state_check,
  drop constraint admin_grant_approved,
  drop constraint admin_grant_staff_no_role_org_code_valid_from_key,
  add constraint admin_grant_state_check check (state in
    ('REQUESTED', 'ACTIVE', 'SUSPENDED', 'ENDED', 'DECLINED', 'WITHDRAWN', 'LAPSED')),
  add constraint admin_grant_approved check
    (approved_by is not null or state in ('REQUESTED', 'DECLINED', 'WITHDRAWN', 'LAPSED'));
-- What was never held keeps no grant from the same instant on from coming.
create unique index admin_grant_once on admin_grant (staff_no, role, org_code, valid_from)
  where state not in ('DECLINED', 'WITHDRAWN', 'LAPSED');
