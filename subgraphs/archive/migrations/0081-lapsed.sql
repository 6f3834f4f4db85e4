-- What an appeal or an application was about counts no more: nothing of it is left to decide (2.4, G14, G15).
alter table appeal
  drop constraint appeal_state,
  add constraint appeal_state check (state in ('FILED', 'CLOSED', 'WITHDRAWN', 'LAPSED') or case
    when kind = 'SANCTION' then state in ('COMMITTEE_REVIEW', 'UPHELD', 'RECOMMEND_CHANGE',
      'SUSPENDED_EXECUTION', 'PROVINCIAL_APPEAL')
    else state in ('ACCEPTED', 'INVESTIGATING', 'REVOKE_PROPOSED', 'DECIDED', 'NOT_ACCEPTED',
      'ESCALATED') end);
alter table repair_application
  drop constraint repair_application_state_check,
  add constraint repair_application_state_check check (state in ('DRAFT', 'SUBMITTED',
    'COLLEGE_REVIEW', 'SAO_REVIEW', 'APPROVED_FULL', 'APPROVED_MITIGATED', 'REFUSED', 'WITHDRAWN',
    'LAPSED'));
