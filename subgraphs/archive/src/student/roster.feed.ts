/**
 * What the archive tells of a student: to every office the `roster`, for filter and sort, never for
 * a decision; to security the `majority`, the day on which he comes of age (INV-05). Whoever was
 * born on 29 February comes of age on 1 March.
 */
export const ROSTER_EVENT = `
  insert into outbox (topic, key, version, payload, at)
  select told.topic, student_no, version, told.payload, ?
  from changed cross join lateral (values
    ('roster', jsonb_build_object('name', name, 'college', college, 'classCode', class_code,
      'status', enrolment_status)),
    ('majority', jsonb_build_object('adultFrom', (date_trunc('month', birth_date::timestamp)
      + interval '18 years')::date + extract(day from birth_date)::integer - 1))
  ) told (topic, payload)`;

/** What the archive tells the third-party office of a consent. */
export const CONSENT_EVENT = `
  insert into outbox (topic, key, version, payload, at)
  select 'consent', consent_id, version, jsonb_build_object('studentNo', student_no,
    'purpose', purpose, 'recipientUscc', recipient_uscc, 'grantedAt', granted_at,
    'expiresAt', expires_at, 'withdrawnAt', withdrawn_at), ?
  from changed`;
