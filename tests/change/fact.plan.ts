/** Facts that are proposed by form: batches of one, with the row that waits. */
import { randomUUID } from 'node:crypto';
import type { TestCollege } from '../support/college.js';
import { put, RECORDED } from '../support/put.js';
import { capital, decision, NOBODY_HERE } from './batch.plan.js';
import type { NounPlan } from './plans.js';

/** An aid round of the whole school, for facts of aid. */
export const ROUND = 'AR-FORM';

type Values = Readonly<Record<string, unknown>>;

interface FactPlanParts {
  readonly office: string;
  /** Noun of its actions. */
  readonly action: string;
  readonly kind: string;
  /** What the mutation is given, for some new fact of a student. */
  readonly args: (studentNo: string) => Values;
  /** What waits of it, where that is not what was given. */
  readonly staged?: (args: Values) => Values;
  /** A bill, a round: what a fact hangs on. */
  readonly prepare?: (college: TestCollege) => Promise<unknown>;
  readonly reference?: string;
}

const number = (): string => randomUUID().slice(0, 8);

const factPlan = (parts: FactPlanParts): NounPlan => {
  const { office, action, kind, args, staged = (given) => given, prepare, reference } = parts;
  return {
    title: `${capital(office)}ImportBatch of one ${action}`,
    noun: `${capital(office)}ImportBatch`,
    machine: 'ImportBatch',
    office,
    table: 'import_batch',
    isOf: (name) => name.startsWith(`${action}.`),
    ...(prepare && { prepare }),
    ...(reference && { reference }),
    async seed(college, studentNo, state) {
      const { id = '' } = await put(college, office, 'import_batch', {
        kind,
        file_name: '',
        file_sha256: 'digest',
        by_form: true,
        row_count: 1,
        state,
        recorded_by: NOBODY_HERE,
        recorded_at: '2026-04-01T00:00:00Z',
        ...decision(state),
      });
      const value = staged(args(studentNo));
      if (state === 'PROPOSED')
        await put(college, office, 'import_row', { batch_id: id, line: 1, value });
      return { id, version: 1 };
    },
    opening: (_college, studentNo) => Promise.resolve({ ...args(studentNo) }),
  };
};

/** A bill to pay, of the student of the matrix. */
const BILL = 'B-FORM';
const STUDENT = '2024010317';

const newBill = (college: TestCollege) =>
  put(college, 'finance', 'bill', {
    bill_no: BILL,
    student_no: STUDENT,
    academic_year: '2025-2026',
    item: 'TUITION',
    amount_fen: 980_000,
    due_on: '2025-10-31',
    ...RECORDED,
  });

export const newRound = (college: TestCollege) =>
  put(college, 'archive', 'aid_round', {
    ...RECORDED,
    round_id: ROUND,
    academic_year: '2025-2026',
    org_codes: JSON.stringify(['C01']),
    opens_at: '2026-04-01T00:00:00Z',
    closes_at: '2026-05-01T00:00:00Z',
    state: 'OPEN',
  });

const KINDS: readonly FactPlanParts[] = [
  {
    office: 'academics',
    action: 'grade',
    kind: 'grades',
    args: (studentNo) => ({
      studentNo,
      termCode: '2025-1',
      courseCode: `X-${number()}`,
      courseName: '写作',
      credits: '2.0',
      mark: '88',
      scoreScale: 'PERCENT',
    }),
    staged: ({ mark, ...args }) => ({
      ...args,
      scoreRaw: mark,
      gradePoint: null,
      attempt: 1,
      isAttemptGiven: false,
      state: 'PUBLISHED',
    }),
  },
  {
    office: 'finance',
    action: 'bill',
    kind: 'bills',
    args: (studentNo) => ({
      billNo: `B-${number()}`,
      studentNo,
      academicYear: '2025-2026',
      item: 'DORM',
      amountFen: 120_000,
      dueOn: '2026-05-31',
    }),
  },
  {
    office: 'finance',
    action: 'payment',
    kind: 'payments',
    prepare: newBill,
    args: (studentNo) => ({
      paymentNo: `P-${number()}`,
      billNo: BILL,
      studentNo,
      amountFen: 100,
      paidOn: '2026-04-01',
    }),
  },
  {
    office: 'youthleague',
    action: 'cadrePost',
    kind: 'cadrePosts',
    args: (studentNo) => ({
      studentNo,
      org: `社团 ${number()}`,
      post: '部长',
      level: 'SCHOOL',
      fromOn: '2025-09-01',
    }),
  },
  {
    office: 'youthleague',
    action: 'practice',
    kind: 'practices',
    args: (studentNo) => ({
      studentNo,
      activity: `支教 ${number()}`,
      hours: '8.0',
      verifiedBy: 'T0601',
      practisedOn: '2026-03-01',
    }),
  },
  {
    office: 'youthleague',
    action: 'volunteerHours',
    kind: 'volunteerHours',
    args: (studentNo) => ({ studentNo, termCode: '2025-1', hours: '12.5' }),
  },
  {
    office: 'archive',
    action: 'aid',
    kind: 'aid',
    prepare: newRound,
    reference: ROUND,
    args: (studentNo) => ({
      aidNo: `A-${number()}`,
      studentNo,
      kind: 'NATIONAL_GRANT',
      academicYear: '2025-2026',
      amountFen: 330_000,
      decidedOn: '2026-04-01',
    }),
    staged: (args) => ({ ...args, factors: [] }),
  },
  {
    office: 'archive',
    action: 'loan',
    kind: 'loans',
    args: (studentNo) => ({
      loanNo: `L-${number()}`,
      studentNo,
      kind: 'CAMPUS',
      bankUscc: '91990000MA0000001B',
      principalFen: 800_000,
      year: 2025,
      state: 'SIGNED',
    }),
    staged: (args) => ({ ...args, contractNoMasked: null, infoTruthCheck: 'PENDING' }),
  },
];

export const factPlansOf = (office: string): readonly NounPlan[] =>
  KINDS.filter((parts) => parts.office === office).map(factPlan);
