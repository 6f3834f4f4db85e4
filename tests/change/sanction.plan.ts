import type { TestCollege } from '../support/college.js';
import { EnumValue } from '../support/mutate.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { newRecord } from './appeal.plan.js';
import { noticed } from './conduct.plan.js';
import type { NounPlan, Seeded } from './plans.js';

const NOTIFIED = { notified_on: '2025-03-01' };
const DECIDED = {
  doc_no: 'S-1',
  decided_on: '2025-03-20',
  term_months: 12,
  approved_by: 'T9998',
  approved_at: '2025-03-20T00:00:00Z',
};
/** Its time to appeal and its term are over. */
const SERVED = {
  served_on: '2025-04-01',
  appeal_deadline: '2025-04-11',
  term_ends_on: '2026-04-01',
};

/** What a sanction holds in a state, beside what it held before. */
const COLUMNS: Readonly<Record<string, Readonly<Record<string, string | number>>>> = {
  DRAFT: {},
  WITHDRAWN: {},
  NOTICE_GIVEN: NOTIFIED,
  HEARD: NOTIFIED,
  DECIDED: { ...NOTIFIED, ...DECIDED },
  LIFTED: { ...NOTIFIED, ...DECIDED, ...SERVED, lifted_on: '2026-04-02' },
};
const IN_FORCE = { ...NOTIFIED, ...DECIDED, ...SERVED };

/** A sanction in a state, of which its student was notified, on a record that counts. */
export async function newSanction(
  college: TestCollege,
  studentNo: string,
  state: string,
  more: Readonly<Record<string, string | number | null>> = {},
): Promise<Seeded & { readonly recordId: string }> {
  const recordId = await newRecord(college, studentNo);
  const { id = '' } = await put(college, 'archive', 'sanction', {
    student_no: studentNo,
    type: 'DEMERIT',
    source_office: 'SAO',
    state,
    record_ids: [recordId],
    recorded_by: 'T9999',
    recorded_at: '2025-03-01T00:00:00Z',
    ...(COLUMNS[state] ?? IN_FORCE),
    ...more,
  });
  const link = 'update conduct_record set sanction_id = $1 where id = $2';
  if (!['DRAFT', 'WITHDRAWN'].includes(state))
    await asOwner(college, 'archive', link, [id, recordId]);
  await noticed(college, 'archive', { type: 'Sanction', id, kind: 'SANCTION' });
  return { id, version: 1, recordId };
}

/** The appeal against a sanction, in a state. */
export const appealAgainst = (
  college: TestCollege,
  studentNo: string,
  sanctionId: string,
  state: string,
  more: Readonly<Record<string, string | null>> = {},
) =>
  put(college, 'archive', 'appeal', {
    student_no: studentNo,
    kind: 'SANCTION',
    target_subgraph: 'archive',
    target_typename: 'Sanction',
    target_id: sanctionId,
    sanction_id: sanctionId,
    target_office: 'SAO',
    target_groups: ['SANCTION_FILES'],
    grounds: 'grounds',
    requested_outcome: 'REVOKE',
    filed_at: '2026-04-01T00:00:00Z',
    handler_office: 'SAC',
    due_on: '2026-04-16',
    state,
    recorded_by: studentNo,
    recorded_at: '2026-04-01T00:00:00Z',
    ...more,
  });

/** Revoke the record of a sanction by itself, as an appeal against the record does: the sanction stays. */
export const revokeRecord = (college: TestCollege, recordId: string) =>
  asOwner(college, 'archive', `update conduct_record set state = 'REVOKED' where id = $1`, [
    recordId,
  ]);

const LIVE = new Set(['DECIDED', 'SERVED', 'APPEALED', 'EFFECTIVE', 'TERM_RUNNING']);
const OVER = ['LIFTED', 'ANNULLED', 'WITHDRAWN'];

export const sanctionPlan: NounPlan = {
  noun: 'Sanction',
  office: 'archive',
  table: 'sanction',
  async seed(college, studentNo, state, { role, person }, action) {
    // A draft is withdrawn by the college that drafted it.
    const drafter = role === 'COLLEGE_ADMIN' ? { recorded_by: person } : {};
    const seeded = await newSanction(college, studentNo, state, drafter);
    // The school annuls what is under appeal on the committee's conclusion alone.
    if (state === 'APPEALED')
      await appealAgainst(college, studentNo, seeded.id, 'RECOMMEND_CHANGE');
    if (action === 'sanction.annulUnfounded') await revokeRecord(college, seeded.recordId);
    return seeded;
  },
  // Closed conduct is open for an appeal or a repair alone, and to no college.
  hidden: { SCHOOL_ADMIN: OVER, COLLEGE_ADMIN: OVER },
  opening: async (college, studentNo) => ({
    recordIds: [await newRecord(college, studentNo)],
    type: new EnumValue('DEMERIT'),
    reason: 'a reason',
  }),
  openTask: LIVE,
  more: { 'sanction.decide': { docNo: 'S-2', termMonths: 6 } },
};
