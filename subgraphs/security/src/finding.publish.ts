/** Law violations that the security office found, for the archive. Source: G6.1. */
import { findingEvent, findingRecords, PEOPLE_OF_FACT } from '@chengxin/kit/feed/finding';

export const FINDINGS = findingRecords({
  office: 'security',
  table: 'law_violation',
  typename: 'LawViolation',
  facts: {
    occurredOn: 'act_on',
    foundOn: 'found_on',
    findingBody: 'authority',
    findingDocNo: 'doc_no',
    findingOn: 'found_on',
    noticeDeliveredOn: 'notified_on',
    legalBasis: 'legal_basis',
    ...PEOPLE_OF_FACT,
  },
});

export const FOUND_EVENT = findingEvent('security');

/** A finding is gone, because its student was not of age after all (INV-05). */
export const BARRED_EVENT = `
  insert into outbox (topic, key, version, at)
  select 'finding', '${FINDINGS.prefix}' || id, version + 1, now() from barred
  where state not in ('PROPOSED', 'NOTIFIED', 'DISMISSED', 'SEALED')`;
