import { randomUUID } from 'node:crypto';
import { asOwner } from '../support/sql.js';
import type { NounPlan } from './plans.js';

const WAITING = `
  insert into credit_snapshot (student_no, rule_set, kind, on_day, computed_at, state, grade, level,
    score_excluding_disputed, school_view, full_view)
  values ($1, 'CR-2026.1', 'PROVISIONAL', '2026-04-12', '2026-04-12T00:00:00Z', 'PENDING', 'C', 'L2',
    7000, $2, $2) returning snapshot_id as id`;
const OF_COLLEGE = `
  insert into grade_confirmation (snapshot_id, student_no, level, recorded_by, recorded_at)
  values ($1, $2, 'COLLEGE', 'T9999', '2026-04-12T00:00:00Z')`;

/** A grade is confirmed, and never changed: each on a snapshot of its own. */
export const gradeConfirmationPlan: NounPlan = {
  noun: 'GradeConfirmation',
  machine: '',
  isOf: (action) => action === 'grade.confirm',
  office: 'archive',
  table: 'grade_confirmation',
  fields: 'id level snapshotId',
  seed: () => Promise.reject(new Error('A confirmation has no state.')),
  async opening(college, studentNo, role) {
    const view = { score: 7000, lines: [], dimensions: {}, of: randomUUID() };
    const [{ id } = { id: '' }] = await asOwner<{ id: string }>(college, 'archive', WAITING, [
      studentNo,
      JSON.stringify(view),
    ]);
    if (role === 'SCHOOL_ADMIN') await asOwner(college, 'archive', OF_COLLEGE, [id, studentNo]);
    return { studentNo, snapshotId: id, reason: 'a reason' };
  },
};
