import { EnumValue } from '../support/mutate.js';
import { asOwner } from '../support/sql.js';
import type { TestCollege } from '../support/college.js';
import type { NounPlan } from './plans.js';
import { appealAgainst, newSanction } from './sanction.plan.js';

/** The case that the committee's caller names. */
const CASE = 'EC-APPEAL';

const UNDECIDED: ReadonlySet<string> = new Set(['FILED', 'COMMITTEE_REVIEW']);
const OUTCOMES: Readonly<Record<string, string>> = { UPHELD: 'REJECT', RECOMMEND_CHANGE: 'MODIFY' };

const CONCLUSION = {
  decision_text: 'the reasons',
  handler_no: 'T0812',
  provincial_deadline: '2026-04-27',
};
const CLOSED = { provincial_outcome: 'REJECT', provincial_doc_no: 'P-1' };

/** A case is of one appeal: it leaves the last one, and is open again. */
async function takeCase(college: TestCollege): Promise<void> {
  const sql = (text: string) => asOwner(college, 'archive', text, [CASE]);
  await sql('update appeal set case_id = null where case_id = $1');
  await sql(`update evaluation_case set state = 'OPEN' where case_id = $1`);
}

export const sanctionAppealPlan: NounPlan = {
  title: 'Appeal against a sanction',
  noun: 'Appeal',
  machine: 'SanctionAppeal',
  office: 'archive',
  table: 'appeal',
  // One appeal at a time is in the committee's case.
  oneAtATime: true,
  async seed(college, studentNo, state, { role }) {
    const { id: sanctionId } = await newSanction(college, studentNo, 'APPEALED');
    const isInCase = role === 'APPEAL_COMMITTEE';
    if (isInCase) await takeCase(college);
    const { id = '' } = await appealAgainst(college, studentNo, sanctionId, state, {
      case_id: isInCase ? CASE : null,
      ...(!UNDECIDED.has(state) && { ...CONCLUSION, outcome: OUTCOMES[state] ?? null }),
      ...(state === 'CLOSED' && CLOSED),
    });
    return { id, version: 1 };
  },
  opening: async (college, studentNo) => ({
    sanctionId: (await newSanction(college, studentNo, 'SERVED', { appeal_deadline: '2026-04-20' }))
      .id,
    grounds: 'grounds',
    requestedOutcome: new EnumValue('REVOKE'),
  }),
  more: {
    'committee.assign': { memberNos: ['T0811', 'T0812'] },
    'sanctionAppeal.decide': {
      conclusion: new EnumValue('UPHOLD'),
      decisionText: 'the reasons',
    },
    'sanctionAppeal.close': { outcome: new EnumValue('REJECT'), docNo: 'P-2' },
  },
};
