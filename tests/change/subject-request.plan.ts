import type { TestCollege } from '../support/college.js';
import { EnumValue } from '../support/mutate.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import type { NounPlan, Seeded } from './plans.js';

const STATES: Readonly<Record<string, Record<string, string>>> = {
  GRANTED: { outcome: 'done', decided_by: 'T9999', decided_on: '2026-04-02' },
  REFUSED: { refusal_reason: 'r', decided_by: 'T9999', decided_on: '2026-04-02' },
};

/** One of a type waits at a time. */
const forgetWaiting = (college: TestCollege, studentNo: string) =>
  asOwner(
    college,
    'archive',
    `delete from subject_request where student_no = $1 and state = 'FILED'`,
    [studentNo],
  );

/** A request of a student in a state. */
export async function seedRequest(
  college: TestCollege,
  studentNo: string,
  state: string,
): Promise<Seeded> {
  if (state === 'FILED') await forgetWaiting(college, studentNo);
  const { id = '' } = await put(college, 'archive', 'subject_request', {
    student_no: studentNo,
    type: 'ACCESS',
    content: 'What do you know of me?',
    filed_at: '2026-04-01T00:00:00Z',
    due_on: '2026-04-22',
    state,
    recorded_by: studentNo,
    recorded_at: '2026-04-01T00:00:00Z',
    ...STATES[state],
  });
  return { id, version: 1 };
}

export const subjectRequestPlan: NounPlan = {
  noun: 'SubjectRequest',
  office: 'archive',
  table: 'subject_request',
  seed: (college, studentNo, state) => seedRequest(college, studentNo, state),
  async opening(college, studentNo) {
    await forgetWaiting(college, studentNo);
    return { studentNo, type: new EnumValue('COPY'), content: 'A copy of all' };
  },
  more: { 'subjectRequest.decide': { granted: true, outcome: 'A copy was handed out' } },
};
