/** The operations of docs/appeals.md, as they stand there and in that order. */
import { afterAll, beforeAll, expect, test } from 'vitest';
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
  readonly ok: boolean;
  readonly appeal: { readonly id: string; readonly version: number };
}

test('an appeal goes its way by the operations of the page', async () => {
  const steps = await walk(college, 'appeals.md', PEOPLE);
  expect(steps.flatMap(([name, errors]) => (errors ? [[name, errors]] : []))).toEqual([]);
  const last = steps.pop()?.[2];
  let appealId = '';
  const came = steps.map(([name, , data]) => {
    const [payload] = Object.values(data) as Answered[];
    const { id, version: _, ...shown } = payload?.appeal ?? { id: '', version: 0 };
    appealId = id;
    return [name, payload?.ok, shown];
  });
  expect(came).toEqual([
    ['FileAppeal', true, { state: 'FILED', dueOn: '2026-05-02' }],
    ['AcceptAppeal', true, { state: 'ACCEPTED' }],
    ['RouteAppeal', true, { state: 'INVESTIGATING', handlerOffice: 'COL' }],
    ['DecideAppeal', true, { state: 'DECIDED', outcome: 'REJECT' }],
    ['EscalateAppeal', true, { state: 'ESCALATED', handlerOffice: 'SAO' }],
    ['ClaimAppeal', true, { state: 'ESCALATED' }],
    ['DecideFurtherReview', true, { state: 'DECIDED', outcome: 'MODIFY' }],
  ]);
  expect(last).toEqual({
    me: {
      student: {
        majorCode: 'M0102',
        appeals: [
          {
            appealId,
            state: 'DECIDED',
            outcome: 'MODIFY',
            decisionText: '转专业批文在册',
            before: '{"majorCode":"M0101"}',
            after: '{"majorCode":"M0102"}',
          },
        ],
      },
    },
  });
});
