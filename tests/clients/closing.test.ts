/** The operations of docs/closing.md, as they stand there and in that order. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { archiveInState } from '../change/archive.plan.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { walk } from '../support/operation-page.js';
import { put } from '../support/put.js';

const STUDENT = '2024010317';
const PEOPLE: ReadonlyMap<string, string> = new Map([
  ['counsellor', 'T0101'],
  ['college administrator', 'T0110'],
  ['Student Affairs', 'T0001'],
  ['second person of Student Affairs', 'T0002'],
]);

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-06-30T10:00:00+08:00' });
});
afterAll(() => college.stop());

test('an archive ends by the operations of the page', async () => {
  await archiveInState(college, STUDENT, 'ACTIVE');
  await put(college, 'archive', 'graduation', {
    student_no: STUDENT,
    graduation_on: '2026-06-30',
    outcome: 'GRADUATED',
    version: 1,
  });
  const came = await walk(college, 'closing.md', PEOPLE, { student: STUDENT });
  expect(came.flatMap(([name, errors]) => (errors ? [[name, errors]] : []))).toEqual([]);
  const done = came.map(([name, , data]) => [name, (Object.values(data)[0] as { ok?: true }).ok]);
  expect(done).toEqual([
    ['WriteRemark', true],
    ['ApproveRemark', true],
    ['SignRemark', true],
    ['ArchiveToClose', undefined],
    ['StartClosing', true],
    ['CloseArchive', true],
  ]);
  expect(came.at(-1)?.[2]).toEqual({
    closeArchive: {
      ok: true,
      errors: [],
      archive: {
        studentNo: STUDENT,
        version: 3,
        state: 'CLOSED',
        closedOn: '2026-06-30',
        retentionUntil: '2028-06-30',
        finalReportNo: 'FR-2026-0317',
      },
    },
  });
});
