import { conductFeed, type ConductFeed, type ConductTopic } from './conduct.consume.js';
import type { ConductState } from '../rules/conduct-state.js';
import { judgeFinding } from './finding.rules.js';
import { judgeMalice } from './third-party.rules.js';

const FINDING: ConductTopic<ConductState> = {
  topic: 'finding',
  judge: judgeFinding,
  table: {
    table: 'conduct_record',
    fields: {
      studentNo: 'text',
      indicatorCode: 'text',
      originGroup: 'text',
      sourceOffice: 'text',
      severity: 'text',
      occurredOn: 'date',
      endedOn: 'date',
      foundOn: 'date',
      findingOn: 'date',
      findingBody: 'text',
      findingDocNo: 'text',
      legalBasis: 'text',
      noticeDeliveredAt: 'timestamptz',
      state: 'text',
      evidence: 'jsonb',
    },
  },
};

const MALICE: ConductTopic<ConductState> = {
  topic: 'finding',
  judge: judgeMalice,
  table: {
    table: 'conduct_record',
    fields: {
      ...FINDING.table.fields,
      consentId: 'text',
      noticeDeliveredAt: 'timestamptz',
      approvedBy: 'text',
      approvedAt: 'timestamptz',
    },
  },
};

/** `finding`: what a competent office found; it waits as FOUND for Student Affairs (2.4). */
export const findingsOf = (office: string): ConductFeed => conductFeed(FINDING, office);

/** `finding`: malice that a provider found on a row of its own; it counts at once (2.4, T-04). */
export const maliceFindings: ConductFeed = conductFeed(MALICE, 'thirdparty');
