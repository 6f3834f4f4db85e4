/** The operations of docs/repair.md, as they stand there and in that order. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mildRecord } from '../change/repair.plan.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { walk } from '../support/operation-page.js';

const STUDENT = '2024010317';
const PEOPLE: ReadonlyMap<string, string> = new Map([
  ['student', STUDENT],
  ['college administrator', 'T0110'],
  ['Student Affairs', 'T0001'],
]);

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
});
afterAll(() => college.stop());

interface Answered {
  readonly ok?: boolean;
  readonly repairApplication?: { readonly state: string } | null;
}

test('a repair goes its way by the operations of the page', async () => {
  const record = await mildRecord(college, STUDENT);
  const came = await walk(college, 'repair.md', PEOPLE, { record });
  expect(came.flatMap(([name, errors]) => (errors ? [[name, errors]] : []))).toEqual([]);
  const last = came.pop()?.[2];
  expect(
    came.map(([name, , data]) => {
      const [payload] = Object.values(data) as Answered[];
      return [name, payload?.ok, payload?.repairApplication?.state];
    }),
  ).toEqual([
    ['SaveRepairDraft', true, 'DRAFT'],
    ['ApplyRepair', true, 'SUBMITTED'],
    ['ClaimRepair', true, 'COLLEGE_REVIEW'],
    ['ReviewRepair', true, 'SAO_REVIEW'],
    ['DecideRepair', true, undefined],
  ]);
  expect(last).toEqual({
    me: {
      student: {
        repairs: [
          {
            state: 'APPROVED_FULL',
            decision: 'FULL',
            reason: '损失已赔偿，认识深刻',
            collegeOpinion: '表现良好，建议同意',
            recordIds: [record],
          },
        ],
        closedConductRecords: [{ state: 'REPAIRED' }],
      },
    },
  });
});
