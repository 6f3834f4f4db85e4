/** Conduct of a student, the latest first; one loader for each entrance of DOMAIN 3.2. */
import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import { ConductRecord } from './conduct-record.entity.js';
import { ACTIVE_STATES, CLOSED_STATES, PENDING_STATES } from '../rules/conduct-state.js';
import {
  aidCodes,
  appealed,
  conductStateAllowed,
  fromNotified,
  goodStateAllowed,
  notifiedOrActor,
  notSealed,
  originAllowed,
  ownDomain,
  ownMatter,
  ownProvider,
  severityS2Plus,
  severityS3Plus,
  submitted,
} from './conduct.predicates.js';
import { GoodRecord } from './good-record.entity.js';

const orderBy = { occurredOn: 'desc', id: 'asc' } as const;
const ofEvery = { STATE_ALLOWED: conductStateAllowed, ORIGIN_ALLOWED: originAllowed };

/** Records that count: ACTIVE and MITIGATED. */
export const conductRecordRows: StudentRows<ConductRecord> = {
  entity: ConductRecord,
  group: 'BAD_CONDUCT',
  predicates: {
    ...ofEvery,
    OWN_MATTER: ownMatter,
    APPEALED: appealed,
    SEVERITY_S2_PLUS: severityS2Plus,
    SEVERITY_S3_PLUS: severityS3Plus,
    AID_CODES: aidCodes,
    SUBMITTED: submitted,
  },
  where: () => ({ state: { $in: ACTIVE_STATES } }),
  orderBy,
};
export const conductRecordsOf = studentRows(conductRecordRows);

/** Records that are over: repaired, lifted, expired, revoked, dismissed. */
export const closedConductRecordsOf = studentRows({
  entity: ConductRecord,
  group: 'CLOSED_CONDUCT',
  predicates: { ...ofEvery, NOT_SEALED: notSealed },
  where: () => ({ state: { $in: CLOSED_STATES } }),
  orderBy,
});

/** Records before acceptance. */
export const pendingConductRows: StudentRows<ConductRecord> = {
  entity: ConductRecord,
  group: 'PENDING_CONDUCT',
  predicates: {
    ...ofEvery,
    OWN_MATTER: ownMatter,
    OWN_PROVIDER: ownProvider,
    OWN_DOMAIN: ownDomain,
    FROM_NOTIFIED: fromNotified,
  },
  where: (_ctx, access) => ({
    $and: [{ state: { $in: PENDING_STATES } }, notifiedOrActor(access)],
  }),
  orderBy,
};
export const pendingConductOf = studentRows(pendingConductRows);

/** Good records: approved ones, and revoked ones for those to whom closed conduct is open. */
export const goodRecordRows: StudentRows<GoodRecord> = {
  entity: GoodRecord,
  group: 'GOOD_CONDUCT',
  predicates: { STATE_ALLOWED: goodStateAllowed, ORIGIN_ALLOWED: originAllowed },
  orderBy,
};
export const goodRecordsOf = studentRows(goodRecordRows);
