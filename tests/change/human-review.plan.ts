import { randomUUID } from 'node:crypto';
import type { TestCollege } from '../support/college.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import type { NounPlan, Seeded } from './plans.js';

const SNAPSHOT = `
  insert into credit_snapshot (student_no, rule_set, kind, on_day, computed_at, state, grade, level,
    score_excluding_disputed, school_view, full_view)
  values ($1, 'CR-2026.1', 'PROVISIONAL', '2026-04-12', '2026-04-12T00:00:00Z', 'CONFIRMED', 'C', 'L2',
    7000, $2, $2) returning snapshot_id as id`;

/** A grade that stands, and says what no other says. */
async function aGrade(college: TestCollege, studentNo: string): Promise<string> {
  const view = { score: 7000, lines: [], dimensions: {}, of: randomUUID() };
  const values = [studentNo, JSON.stringify(view)];
  const [row] = await asOwner<{ id: string }>(college, 'archive', SNAPSHOT, values);
  return row?.id ?? '';
}

/** A review of a student's grade in a state. */
export async function seedReview(
  college: TestCollege,
  studentNo: string,
  state: string,
): Promise<Seeded> {
  const snapshotId = await aGrade(college, studentNo);
  const isDecided = state === 'UPHELD' || state === 'RECOMPUTED';
  const { id = '' } = await put(college, 'archive', 'human_review', {
    student_no: studentNo,
    snapshot_id: snapshotId,
    grounds: 'I was in hospital',
    requested_at: '2026-04-01T00:00:00Z',
    due_on: '2026-04-16',
    state,
    recorded_by: studentNo,
    recorded_at: '2026-04-01T00:00:00Z',
    ...(isDecided && { answer: 'looked at', decided_by: 'T9999', decided_on: '2026-04-02' }),
    ...(state === 'RECOMPUTED' && { result_snapshot_id: snapshotId }),
  });
  return { id, version: 1 };
}

export const humanReviewPlan: NounPlan = {
  noun: 'HumanReview',
  office: 'archive',
  table: 'human_review',
  seed: (college, studentNo, state) => seedReview(college, studentNo, state),
  opening: async (college, studentNo) => ({
    studentNo,
    snapshotId: await aGrade(college, studentNo),
    grounds: 'I was in hospital',
  }),
  more: { 'humanReview.decide': { upheld: true } },
};
