/** What stops the closing of an archive, as the refusal calls it (G10.1). */
import type { TestCollege } from '../support/college.js';
import { put } from '../support/put.js';
import { commitmentPlan } from './commitment.plan.js';
import { conductPlan } from './conduct.plan.js';
import { repairPlan } from './repair.plan.js';
import { selfEntryPlan } from './self-entry.plan.js';

const NOBODY = { role: 'SCHOOL_ADMIN', person: null } as const;

const fileAppeal = (college: TestCollege, studentNo: string, groups: readonly string[]) =>
  put(college, 'archive', 'appeal', {
    student_no: studentNo,
    kind: 'RECORD',
    target_subgraph: 'archive',
    target_typename: 'Thing',
    target_id: 'x',
    target_office: 'SAO',
    target_groups: groups,
    grounds: 'grounds',
    requested_outcome: 'REVOKE',
    filed_at: '2026-06-01T00:00:00Z',
    handler_office: 'COL',
    due_on: '2026-06-21',
    state: 'FILED',
    recorded_at: '2026-06-01T00:00:00Z',
  });

/** @param groups  Groups of what an appeal is against. */
export async function seedPending(
  college: TestCollege,
  studentNo: string,
  matter: string,
  groups: readonly string[] = ['BAD_CONDUCT'],
): Promise<void> {
  if (matter === 'an appeal') await fileAppeal(college, studentNo, groups);
  if (matter === 'a repair')
    await repairPlan.seed(college, studentNo, 'SUBMITTED', NOBODY, 'repair.claim');
  if (matter === 'the review of an entry')
    await selfEntryPlan.seed(college, studentNo, 'SUBMITTED', NOBODY, 'entry.claim');
  if (matter === 'a record that is pending')
    await conductPlan.seed(college, studentNo, 'NOTIFIED', NOBODY, 'conduct.find');
  if (matter === 'a breach of a commitment')
    await commitmentPlan.seed(college, studentNo, 'RECTIFYING', NOBODY, 'rectification.decide');
}
