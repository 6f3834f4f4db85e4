/**
 * Which run an evaluator and an employer read: the latest that was locked at the opening of the
 * case, or now (LOCKED_RUN, 3.7(14)).
 */
import type { Role } from '@chengxin/kit/privacy/roles';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { useArchive } from '../support/archive-in-use.js';
import { requestAs, bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { put } from '../support/put.js';
import { asOwner, rewriteSnapshots } from '../support/sql.js';

/** The cases of the callers open at this instant. */
const OPENING = '2026-04-10T00:00:00+08:00';
const NOW = '2026-04-12T10:00:00+08:00';
const WINTER = '2026-02-20T00:00:00+08:00';
const EVALUATORS = ['EV_AWARD', 'EV_PARTY', 'EV_AID', 'EV_EMPLOY'] as const;

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: NOW });
  await bringReferences(college);
  await useArchive(college, STUDENT);
});
afterAll(() => college.stop());
afterEach(() =>
  asOwner(college, 'archive', 'delete from credit_snapshot; delete from evaluation_run'),
);

/** Seconds before or after an instant. */
const from = (instant: string, seconds: number): string =>
  new Date(Date.parse(instant) + seconds * 1000).toISOString();

/** A run with one grade of the student. */
async function aRun(runId: string, grade: string, lockedAt: string, supersededAt?: string) {
  await put(college, 'archive', 'evaluation_run', {
    run_id: runId,
    period: runId,
    rule_set: 'CR-2026.1',
    cut_off_at: '2026-01-31T00:00:00Z',
    kind: 'OFFICIAL',
    state: supersededAt ? 'SUPERSEDED' : 'LOCKED',
    locked_at: lockedAt,
    superseded_at: supersededAt ?? null,
    recorded_by: 'T0001',
    recorded_at: '2026-02-01T00:00:00Z',
    approved_by: 'T0002',
    approved_at: lockedAt,
  });
  const view = JSON.stringify({ score: 9000, lines: [], dimensions: {} });
  await put(college, 'archive', 'credit_snapshot', {
    student_no: STUDENT,
    rule_set: 'CR-2026.1',
    kind: 'OFFICIAL',
    on_day: '2026-01-31',
    computed_at: '2026-01-31T00:00:00Z',
    state: 'CONFIRMED',
    grade,
    level: 'L0',
    score_excluding_disputed: 9000,
    school_view: view,
    full_view: view,
    run_id: runId,
  });
}
async function gradeFor(role: Role): Promise<unknown> {
  const query = `{ student(studentNo: "${STUDENT}") { credit { grade } } }`;
  const { data } = await requestAs(college, role, query);
  const student = data?.['student'] as { credit: { grade: string | null } };
  return student.credit.grade;
}
const grades = (roles: readonly Role[]) => Promise.all(roles.map(gradeFor));

const SECONDS = [
  ['a second before', -1],
  ['at', 0],
  ['a second after', 1],
] as const;

test.each(SECONDS)(
  'a run locked %s the opening of a case is its run up to the opening (LOCKED_RUN)',
  async (_, seconds) => {
    await aRun('2025H2', 'A', WINTER);
    await aRun('2026H1', 'B', from(OPENING, seconds));
    const expected = seconds <= 0 ? 'B' : 'A';
    expect(await grades(EVALUATORS)).toEqual(EVALUATORS.map(() => expected));
    expect(await gradeFor('EMPLOYER_TOKEN')).toBe('B');
  },
);

test.each(SECONDS)(
  'a run locked %s now is the employer’s from now on, and no case’s (LOCKED_RUN)',
  async (_, seconds) => {
    await aRun('2025H2', 'A', WINTER);
    await aRun('2026H1', 'B', from(NOW, seconds));
    expect(await gradeFor('EMPLOYER_TOKEN')).toBe(seconds <= 0 ? 'B' : 'A');
    expect(await grades(EVALUATORS)).toEqual(EVALUATORS.map(() => 'A'));
  },
);

test.each(SECONDS)(
  'a run superseded %s the opening is that of the case after it alone (LOCKED_RUN)',
  async (_, seconds) => {
    await aRun('2025H2', 'A', WINTER, from(OPENING, seconds));
    const expected = seconds > 0 ? 'A' : null;
    expect(await grades(EVALUATORS)).toEqual(EVALUATORS.map(() => expected));
    expect(await gradeFor('EMPLOYER_TOKEN')).toBeNull();
  },
);

test('without a locked run there is no grade, though others read the latest snapshot (LOCKED_RUN)', async () => {
  await aRun('2025H2', 'A', WINTER);
  const provisional = `update credit_snapshot set kind = 'PROVISIONAL', run_id = null`;
  await rewriteSnapshots(college, provisional);
  expect(await grades([...EVALUATORS, 'EMPLOYER_TOKEN'])).toEqual([null, null, null, null, null]);
  expect(await grades(['STU_SELF', 'COUNSELLOR'])).toEqual(['A', 'A']);
});
