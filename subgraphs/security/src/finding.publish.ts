/**
 * What the office tells the archive of a finding: coded facts and a reference, never materials.
 *
 * @param rows  Rows of `law_violation`, from FOUND on.
 * @param told  SQL of the version, the state and the instant.
 * @source G6.1, DOMAIN 0.2, 2.4
 */
const findingEvent = (
  rows: string,
  told: { readonly version: string; readonly state: string; readonly at: string },
): string => `
  insert into outbox (topic, key, version, payload, at)
  select 'finding', 'security:' || id, ${told.version}, jsonb_build_object(
    'studentNo', student_no, 'polarity', 'BAD', 'indicatorCode', indicator_code,
    'severity', severity, 'state', ${told.state}, 'occurredOn', act_on, 'foundOn', found_on,
    'findingBody', authority, 'findingDocNo', doc_no, 'findingOn', found_on,
    'noticeDeliveredOn', notified_on,
    'legalBasis', legal_basis, 'source',
    jsonb_build_object('subgraph', 'security', 'typename', 'LawViolation', 'id', id)), ${told.at}
  from ${rows}`;

/** A finding came in, or was corrected. */
export const FOUND_EVENT = findingEvent("changed where state = 'FOUND'", {
  version: 'version',
  state: 'state',
  at: '?',
});

/** A finding is gone, because its student was not of age after all (INV-05). */
export const BARRED_EVENT = findingEvent(
  "barred where state not in ('PROPOSED', 'NOTIFIED', 'DISMISSED', 'SEALED')",
  { version: 'version + 1', state: "'REVOKED'", at: 'now()' },
);
