/** The operations of docs/appeals.md, as they stand there and in that order. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { stepsOf } from './page-steps.js';

const STUDENT = '2024010317';
const PEOPLE: ReadonlyMap<string, string> = new Map([
  ['student', STUDENT],
  ['college administrator', 'T0110'],
  ['Student Affairs', 'T0001'],
]);
const STEPS = stepsOf('appeals.md');

interface Row {
  readonly id: string;
  readonly version: number;
}

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
});
afterAll(() => college.stop());

test('an appeal goes its way by the operations of the page', async () => {
  const came: unknown[] = [];
  let row: Row = { id: '', version: 0 };
  let last: unknown;
  for (const { name, who, headers, text } of STEPS) {
    const purpose = headers.get('x-purpose');
    const { data, errors } = await college.request(PEOPLE.get(who) ?? '', text, {
      variables: { key: name, id: row.id, version: row.version },
      headers: {
        ...(purpose && { 'x-purpose': purpose }),
        ...(headers.has('x-reference') && { 'x-reference': row.id }),
      },
    });
    expect([name, errors]).toEqual([name, undefined]);
    const [payload] = Object.values(data ?? {}) as { appeal?: Row; ok?: boolean }[];
    if (payload?.appeal) {
      row = payload.appeal;
      const { id: _, version: __, ...shown } = payload.appeal;
      came.push([name, payload.ok, shown]);
    } else last = data;
  }
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
            appealId: row.id,
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
