/**
 * An audit opens and shuts at its second, and what was read in it is visible when it shuts (3.4).
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { STUDENT } from '../support/callers.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { callOffice } from '../support/straight.js';

let college: TestCollege;
const QUERY = `query Audited { student(studentNo: "${STUDENT}") { name } }`;
const AUDIT = { headers: { 'x-reference': 'AU-1' } };

beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T08:00:00+08:00' });
  await college.bring('archive', 'audits', [
    {
      审计编号: 'AU-1',
      工号: 'T0901',
      名称: '审计',
      开始时间: '2026-04-12 10:00:00',
      结束时间: '2026-04-12 18:00:00',
    },
  ]);
});
afterAll(() => college.stop());

const outcome = ({ data, errors }: Answer): unknown =>
  data?.['student'] ? 'SEEN' : errors?.[0]?.extensions['code'];
const setClock = (time: string) => college.clock.set(`2026-04-12T${time}+08:00`);

test.each([
  ['a second before it opens', '09:59:59', ['PURPOSE_REQUIRED', 'NOT_FOUND']],
  ['when it opens', '10:00:00', ['SEEN', 'SEEN']],
  ['a second before it shuts', '17:59:59', ['SEEN', 'SEEN']],
  ['when it shuts', '18:00:00', ['PURPOSE_REQUIRED', 'NOT_FOUND']],
])(
  '%s, at %s, its auditor gets, through the gateway and straight, %o (3.4)',
  async (_, time, expected) => {
    setClock(time);
    const auditor = {
      ...importer('T0901', 'AUDITOR', ['SCHOOL']),
      purpose: 'AUDIT',
      reference: 'AU-1',
      groups: ['IDENTITY'] as const,
    };
    const straight = await callOffice(
      college,
      'archive',
      auditor,
      JSON.stringify({ query: QUERY }),
    );
    expect([
      outcome(await college.request('T0901', QUERY, AUDIT)),
      outcome(straight as Answer),
    ]).toEqual(expected);
  },
);

test.each([
  ['a second before the audit shuts', '17:59:59', 'Early', []],
  ['when it shuts', '18:00:00', 'Late', [{ operationName: 'Late' }]],
])(
  '%s, at %s, the student sees the reading %s: %o (note 19, 3.4)',
  async (_, time, name, expected) => {
    setClock('10:00:00');
    await college.request('T0901', QUERY.replace('Audited', name), AUDIT);
    await college.settle();
    setClock(time);
    const { data } = await college.request(STUDENT, '{ myAccessLog { nodes { operationName } } }');
    const log = data?.['myAccessLog'] as { nodes: { operationName: string }[] };
    expect(log.nodes.filter(({ operationName }) => operationName === name)).toEqual(expected);
  },
);
