/** Which view of a snapshot each role reads, and which snapshot nobody is shown (3.7(14), (15)). */
import type { Role } from '@chengxin/kit/privacy/roles';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useArchive } from '../support/archive-in-use.js';
import { requestAs, bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { put } from '../support/put.js';
import { aRun } from '../support/runs.js';
import { asOwner } from '../support/sql.js';
import { StudentRows } from './procedure-rows.js';

let college: TestCollege;
const rows = new StudentRows(() => college, STUDENT);

/** What a provider reported stands in the full view alone. */
async function snapshots(): Promise<void> {
  await rows.record('R', 'D3-05', 'BAD_CONDUCT', 'SAO', 'ACTIVE');
  await rows.consent('CS-BANK', 'THIRD_PARTY_COLLECT', { recipient_name: '乙银行' });
  await rows.record('BANK', 'D2-02', 'CARD_OVERDRAFTS', 'TPC', 'ACTIVE', { consent_id: 'CS-BANK' });
  await aRun(college, { runId: '2025H2', cutOffAt: '2026-01-31T00:00:00Z' });
  const line = (name: string, points: number) => ({ recordId: rows.id(name), points });
  const view = (score: number, ...lines: object[]) => ({ score, lines, dimensions: { D2: score } });
  const snapshot = (onDay: string, school: object, full: object, more = {}) =>
    put(college, 'archive', 'credit_snapshot', {
      student_no: STUDENT,
      rule_set: 'CR-2026.1',
      kind: 'PROVISIONAL',
      on_day: onDay,
      computed_at: `${onDay}T00:00:00Z`,
      state: 'CONFIRMED',
      grade: 'A',
      level: 'L0',
      score_excluding_disputed: 9500,
      school_view: school,
      full_view: full,
      ...more,
    });
  const without = view(10_000);
  await snapshot('2026-01-01', without, without);
  const lines = [line('R', -500)];
  await snapshot('2026-01-31', view(9500, ...lines), view(9300, ...lines, line('BANK', -200)), {
    kind: 'OFFICIAL',
    run_id: '2025H2',
  });
}

beforeAll(async () => {
  college = await startCollege();
  await bringReferences(college);
  await useArchive(college, STUDENT);
  await snapshots();
});
afterAll(() => college.stop());

async function creditFor(role: Role): Promise<Record<string, unknown>> {
  const query = `{ student(studentNo: "${STUDENT}") { credit {
    view asOf score scoreMasked dimensions { score } ledger { points } } } }`;
  const { data } = await requestAs(college, role, query);
  const student = data?.['student'] as { credit: Record<string, unknown> };
  return student.credit;
}

const NOTHING = { score: null, scoreMasked: null, dimensions: null, ledger: null };
const SCHOOL = {
  view: 'SCHOOL',
  score: 9500,
  scoreMasked: '95-99.99',
  dimensions: [{ score: 9500 }],
  ledger: [{ points: -500 }],
};
const FULL = {
  view: 'FULL',
  score: 9300,
  scoreMasked: '90-94.99',
  dimensions: [{ score: 9300 }],
  ledger: [{ points: -500 }, { points: -200 }],
};

test.each([
  ['STU_SELF', FULL],
  ['EMPLOYER_TOKEN', { ...FULL, dimensions: null, ledger: null }],
  ['COUNSELLOR', { ...NOTHING, view: 'SCHOOL', scoreMasked: '95-99.99' }],
  ['COLLEGE_ADMIN', SCHOOL],
  ['SCHOOL_ADMIN', SCHOOL],
  ['AUDITOR', SCHOOL],
  ['EV_AWARD', { ...NOTHING, view: 'SCHOOL' }],
  ['EV_PARTY', { ...NOTHING, view: 'SCHOOL' }],
  ['EV_AID', { ...NOTHING, view: 'SCHOOL' }],
  ['EV_EMPLOY', { ...NOTHING, view: 'SCHOOL' }],
] as const)('%s reads of the same snapshot %o (SCHOOL_VIEW, note 17)', async (role, expected) => {
  expect(await creditFor(role)).toEqual({ ...expected, asOf: '2026-01-31' });
});

const WITH_LINE = '2026-01-31';
const BEFORE_IT = '2026-01-01';
test.each([
  ['ACTIVE', WITH_LINE],
  ['MITIGATED', WITH_LINE],
  ['REPAIRED', BEFORE_IT],
  ['LIFTED', BEFORE_IT],
  ['EXPIRED', BEFORE_IT],
  ['REVOKED', BEFORE_IT],
  ['DISMISSED', BEFORE_IT],
  ['SEALED', BEFORE_IT],
])(
  'with a line of a record that is %s by now, the school reads the snapshot of %s (NO_CLOSED_LINE, T-03)',
  async (state, asOf) => {
    const move = (to: string) =>
      asOwner(college, 'archive', 'update conduct_record set state = $1 where id = $2', [
        to,
        rows.id('R'),
      ]);
    await move(state);
    const roles = ['COUNSELLOR', 'COLLEGE_ADMIN', 'SCHOOL_ADMIN', 'STU_SELF', 'AUDITOR'] as const;
    const days = await Promise.all(roles.map(async (role) => (await creditFor(role))['asOf']));
    await move('ACTIVE');
    // To the student and the auditor closed conduct is open, and of a sealed record no line.
    const open = state === 'SEALED' ? BEFORE_IT : WITH_LINE;
    expect(days).toEqual([asOf, asOf, asOf, open, open]);
  },
);
