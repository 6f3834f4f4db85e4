-- REVOKE is proposed by one person and confirmed by another; until then the outcome does not stand.
alter table appeal
  add column escalated_at timestamptz,
  drop constraint appeal_state,
  add constraint appeal_state check (state in ('FILED', 'CLOSED', 'WITHDRAWN') or case
    when kind = 'SANCTION' then state in ('COMMITTEE_REVIEW', 'UPHELD', 'RECOMMEND_CHANGE',
      'SUSPENDED_EXECUTION', 'PROVINCIAL_APPEAL')
    else state in ('ACCEPTED', 'INVESTIGATING', 'REVOKE_PROPOSED', 'DECIDED', 'NOT_ACCEPTED',
      'ESCALATED') end),
  drop constraint appeal_revoke,
  add constraint appeal_revoke check
    (outcome is distinct from 'REVOKE' or kind = 'SANCTION' or second_handler_no is not null
      or state = 'REVOKE_PROPOSED');
-- One appeal at a time against one thing.
create unique index appeal_open on appeal (student_no, target_typename, target_id)
  where state in ('FILED', 'ACCEPTED', 'INVESTIGATING', 'REVOKE_PROPOSED', 'ESCALATED',
    'COMMITTEE_REVIEW');
