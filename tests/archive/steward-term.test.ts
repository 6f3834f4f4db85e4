/** A steward is one from the first day of his term to the last, both counted (note 32, G11). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestAs, bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { StudentRows } from './procedure-rows.js';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  await bringReferences(college);
  const steward = (student: string, staffNo: string, fromDay: string, toDay: string | null) =>
    new StudentRows(() => college, student).put(staffNo, 'steward_assignment', {
      staff_no: staffNo,
      office: 'COL',
      from_day: fromDay,
      to_day: toDay,
    });
  await steward(STUDENT, 'T0110', '2026-04-11', '2026-04-20');
  await steward(STUDENT, 'T0120', '2026-04-15', null);
  await steward('2024010305', 'T0210', '2026-04-01', null);
});
afterAll(() => college.stop());

test.each([
  ['a second before the first day', '2026-04-10T23:59:59', []],
  ['when the first day begins', '2026-04-11T00:00:00', ['T0110']],
  ['a second before a term without end begins', '2026-04-14T23:59:59', ['T0110']],
  ['when it begins', '2026-04-15T00:00:00', ['T0110', 'T0120']],
  ['a second before the last day is over', '2026-04-20T23:59:59', ['T0110', 'T0120']],
  ['when the last day is over', '2026-04-21T00:00:00', ['T0120']],
])('%s, at %s, the stewards are %o (OWN_STEWARDS, note 32)', async (_, at, staffNos) => {
  college.clock.set(`${at}+08:00`);
  const query = `{ student(studentNo: "${STUDENT}") { stewards { staffNo } } }`;
  for (const role of ['SCHOOL_ADMIN', 'AUDITOR'] as const)
    expect(await requestAs(college, role, query)).toEqual({
      data: { student: { stewards: staffNos.map((staffNo) => ({ staffNo })) } },
    });
  const own = `{ student(studentNo: "${STUDENT}") { stewards { office } } }`;
  expect(await requestAs(college, 'STU_SELF', own)).toEqual({
    data: { student: { stewards: staffNos.map(() => ({ office: 'COL' })) } },
  });
});
