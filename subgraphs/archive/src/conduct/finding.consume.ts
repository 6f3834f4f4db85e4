import { columnsOf } from '@chengxin/kit/database/columns';
import { ConductRecord } from './conduct-record.entity.js';
import { BAD_FACTS } from './conduct-table.js';
import { conductFeed, type ConductFeed, type ConductTopic } from './conduct.consume.js';
import { ConductState } from '../rules/conduct-state.js';
import { notifyOfFindings } from './notify-record.js';
import { judgeFinding, withdrawn } from './finding.rules.js';
import { judgeMalice } from './third-party.rules.js';

const gone = (present: ConductState) => withdrawn(present, ConductState.REVOKED);

/** Who recorded and who approved it at its office. */
const PEOPLE = ['recordedBy', 'approvedBy', 'approvedAt'] as const;

const FINDING: ConductTopic<ConductState> = {
  topic: 'finding',
  judge: judgeFinding,
  gone,
  follow: notifyOfFindings,
  table: columnsOf(ConductRecord, [...BAD_FACTS, 'legalBasis', 'state', ...PEOPLE], {
    noticeDeliveredAt: 'timestamptz',
  }),
};

const MALICE: ConductTopic<ConductState> = {
  topic: 'finding',
  judge: judgeMalice,
  gone,
  table: columnsOf(ConductRecord, [], {
    ...FINDING.table.fields,
    acceptedBy: 'text',
    acceptedAt: 'timestamptz',
    consentId: 'text',
  }),
};

/** `finding`: what a competent office found; it waits as FOUND for Student Affairs (2.4). */
export const findingsOf = (office: string): ConductFeed => conductFeed(FINDING, office);

/** `finding`: malice that a provider found on a row of its own; it counts at once (2.4, T-04). */
export const maliceFindings: ConductFeed = conductFeed(MALICE, 'thirdparty');
