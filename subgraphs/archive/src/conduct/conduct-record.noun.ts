import type { Identity } from '@chengxin/kit/call/identity';
import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { lockStudent } from '../lock-order.js';
import { officeOf } from '../org/own-office.js';
import { ConductRecord } from './conduct-record.entity.js';
import { conductRecordRows, pendingConductRows } from './conduct.loader.js';
import { isMalice } from './conduct-change.rules.js';

const DECIDED_ABOVE = `
  select array_agg(recorded_by) as people from upper_decision where record_id = ?::uuid`;

/** Who recorded decisions of higher bodies about a record (conduct.revoke). */
async function decidedAbove(em: EntityManager, id: string): Promise<readonly string[]> {
  const [row] = await execute<{ people: string[] | null }>(em, DECIDED_ABOVE, [id]);
  return row?.people ?? [];
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
  people: async (em, { id, recordedBy, approvedBy, acceptedBy }) => ({
    'fact.record': recordedBy ?? null,
    'fact.approve': [approvedBy, acceptedBy].flatMap((person) => person ?? []),
    'upperDecision.record': await decidedAbove(em, id),
  }),
});

/** A bad-conduct record before it counts. */
export const pendingRecord = noun<ConductRecord>({
  ...PARTS,
  rows: pendingConductRows,
  otherRows: [conductRecordRows],
  isOfOffice: ({ role }, { indicatorCode, sourceOffice }) =>
    role === 'AEO_STAFF' ? indicatorCode.startsWith('D6-') : officeOf(role) === sourceOffice,
  people: (_em, { recordedBy, approvedBy }) =>
    Promise.resolve({
      'conduct.propose': recordedBy ?? null,
      'malice.propose': recordedBy ?? null,
      'fact.approve': approvedBy ?? null,
    }),
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
