/** The operations of docs/appeals.md, as they stand there and in that order. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';

const STUDENT = '2024010317';
const PEOPLE: ReadonlyMap<string, string> = new Map([
  ['student', STUDENT],
  ['college administrator', 'T0110'],
  ['Student Affairs', 'T0001'],
]);
const PAGE = readFileSync(join(import.meta.dirname, '../../docs/appeals.md'), 'utf8');

interface Step {
  readonly name: string;
  readonly person: string;
  readonly purpose: string | undefined;
  readonly hasReference: boolean;
  readonly text: string;
}

/** A block begins with who sends it, and with which headers. */
const STEPS: readonly Step[] = [...PAGE.matchAll(/```graphql\n([^`]*)```/g)].map(
  ([, text = '']) => {
    const [who = '', ...headers] = text.slice(2, text.indexOf('\n')).split('; ');
    const [operation] = parse(text).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`No operation: ${text}`);
    return {
      name: operation.name?.value ?? '',
      person: PEOPLE.get(who) ?? '',
      purpose: headers.find((one) => one.startsWith('x-purpose: '))?.slice('x-purpose: '.length),
      hasReference: headers.includes('x-reference: the appeal'),
      text,
    };
  },
);

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
  for (const { name, person, purpose, hasReference, text } of STEPS) {
    const { data, errors } = await college.request(person, text, {
      variables: { key: name, id: row.id, version: row.version },
      headers: {
        ...(purpose && { 'x-purpose': purpose }),
        ...(hasReference && { 'x-reference': row.id }),
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
