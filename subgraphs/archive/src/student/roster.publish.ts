/** What the archive tells every office of a student: for filter and sort, never for a decision. */
export const ROSTER_EVENT = `
  insert into outbox (topic, key, version, payload, at)
  select 'roster', student_no, version, jsonb_build_object('name', name, 'college', college,
    'classCode', class_code, 'status', enrolment_status), ?
  from changed`;

/** What the archive tells the third-party office of a consent. */
export const CONSENT_EVENT = `
  insert into outbox (topic, key, version, payload, at)
  select 'consent', consent_id, version, jsonb_build_object('studentNo', student_no,
    'purpose', purpose, 'recipientUscc', recipient_uscc, 'grantedAt', granted_at,
    'expiresAt', expires_at, 'withdrawnAt', withdrawn_at), ?
  from changed`;
