import type { Identity } from '@chengxin/kit/call/identity';
import { ChangeErrorCode, changeFault } from '@chengxin/kit/change/errors';
import { guardBy } from '@chengxin/kit/change/guard';
import { noun, peopleIn } from '@chengxin/kit/change/noun';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { lockStudent } from '../lock-order.js';
import { officeOf } from '../org/own-office.js';
import { ConductRecord } from './conduct-record.entity.js';
import { conductRecordRows, pendingConductRows } from './conduct.loader.js';
import { isMalice } from './conduct-change.rules.js';

const DECIDED_ABOVE = `
  select array(select u.recorded_by from upper_decision u where u.record_id = given.id) as people
  from unnest(?::uuid[]) with ordinality as given (id, at) order by given.at`;

/** Who recorded decisions of higher bodies about each of some records (conduct.revoke). */
async function decidedAbove(
  em: EntityManager,
  rows: readonly ConductRecord[],
): Promise<readonly string[][]> {
  const ids = rows.map(({ id }) => id);
  const found = await execute<{ people: string[] }>(em, DECIDED_ABOVE, [ids]);
  return found.map(({ people }) => people);
}

const NO_DECISION = '须先登记上级决定。 Record the decision of the higher body first.';

/** @throws STATE_CONFLICT where no decision of a higher body stands behind a revocation (T-06). */
function requireDecided(_: ConductRecord, people: readonly string[]): void {
  if (!people.length) throw changeFault(ChangeErrorCode.STATE_CONFLICT, NO_DECISION);
}

/** Malicious arrears are found by their own action; the archive's own records by that of records. */
const isWith = (_: Identity, record: ConductRecord, action: string): boolean => {
  if (action === 'malice.find' || action === 'malice.refuse') return isMalice(record);
  if (action === 'conduct.find' || action === 'conduct.dismiss')
    return !isMalice(record) && record.sourceSubgraph === 'archive';
  return true;
};

const PARTS = {
  name: 'ConductRecord',
  entity: ConductRecord,
  machine: 'ConductRecord',
  actions: ['conduct', 'malice'],
  lockFirst: lockStudent,
  isWith,
} as const;

/** A bad-conduct record that counts. */
export const conductRecord = noun<ConductRecord>({
  ...PARTS,
  rows: conductRecordRows,
  people: async (em, rows) => {
    const above = await decidedAbove(em, rows);
    return rows.map(({ recordedBy, approvedBy, acceptedBy }, at) => ({
      'fact.record': recordedBy ?? null,
      'fact.approve': [approvedBy, acceptedBy].flatMap((person) => person ?? []),
      'upperDecision.record': above[at] ?? [],
    }));
  },
  guards: { 'conduct.revoke': guardBy(decidedAbove, requireDecided) },
});

/** A bad-conduct record before it counts. */
export const pendingRecord = noun<ConductRecord>({
  ...PARTS,
  rows: pendingConductRows,
  otherRows: [conductRecordRows],
  isOfOffice: ({ role }, { indicatorCode, sourceOffice }) =>
    role === 'AEO_STAFF' ? indicatorCode.startsWith('D6-') : officeOf(role) === sourceOffice,
  people: peopleIn(({ recordedBy, approvedBy }) => ({
    'conduct.propose': recordedBy ?? null,
    'malice.propose': recordedBy ?? null,
    'fact.approve': approvedBy ?? null,
  })),
  constraints: {
    conduct_record_source: {
      code: ChangeErrorCode.VALIDATION,
      what: '该编号的记录已存在。 A record of this number exists.',
      path: ['recordNo'],
    },
    conduct_record_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
    conduct_record_third_person: { code: ChangeErrorCode.SOD_VIOLATION },
  },
});
