/** A version of an entry is an entry while it is approved, and a draft in every other state (3.2, 2.4). */
import type { Role } from '@chengxin/kit/privacy/roles';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestAs, bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';
import { entry, ENTRY_KINDS } from './own-rows.js';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  await bringReferences(college);
  await college.bring(
    'archive',
    'self-entries',
    ENTRY_KINDS.map((kind) => entry(kind)),
  );
});
afterAll(() => college.stop());

/** The kinds that a role reads, all of them in one state. */
async function kindsFor(role: Role, state: string): Promise<string[]> {
  await asOwner(
    college,
    'archive',
    `update self_entry set state = $1, review_comment = '-', submitted_at = recorded_at,
       due_on = '2026-04-24'`,
    [state],
  );
  const query = `{ student(studentNo: "${STUDENT}") { selfEntries { kind } } }`;
  const { data } = await requestAs(college, role, query);
  const student = data?.['student'] as { selfEntries: { kind: string }[] };
  return student.selfEntries.map(({ kind }) => kind).toSorted();
}

const EVERY = [
  'BASIC',
  'CERTIFICATE',
  'EDUCATION',
  'EMPLOYMENT',
  'EXCHANGE',
  'INTERNSHIP',
  'POST',
  'PROJECT',
  'TRAINING',
  'WORKSTUDY',
];
const without = (...kinds: string[]) => EVERY.filter((kind) => !kinds.includes(kind));
const DRAFTS = [
  'DRAFT',
  'SUBMITTED',
  'IN_REVIEW',
  'RETURNED',
  'REJECTED',
  'SUPERSEDED',
  'WITHDRAWN',
];

test.each([
  ['STU_SELF', EVERY, EVERY],
  ['COUNSELLOR', EVERY, []],
  ['COLLEGE_ADMIN', EVERY, EVERY],
  ['SCHOOL_ADMIN', EVERY, EVERY],
  ['AUDITOR', EVERY, EVERY],
  ['CYL_CLERK', ['INTERNSHIP', 'POST'], []],
  ['CYL_REVIEWER', ['INTERNSHIP', 'POST'], []],
  ['EV_AWARD', without('BASIC', 'WORKSTUDY'), []],
  ['EV_PARTY', without('WORKSTUDY'), []],
  ['EV_AID', without('BASIC'), []],
  ['EV_EMPLOY', without('BASIC', 'WORKSTUDY'), []],
  ['EMPLOYER_TOKEN', without('BASIC', 'WORKSTUDY'), []],
] as const)(
  '%s reads of ten kinds %o when they are approved, and %o in any other state (STATE_ALLOWED, KINDS_POST_INTERNSHIP, note 11)',
  async (role, approved, drafts) => {
    expect(await kindsFor(role, 'APPROVED')).toEqual(approved);
    for (const state of DRAFTS)
      expect([state, await kindsFor(role, state)]).toEqual([state, drafts]);
  },
);
