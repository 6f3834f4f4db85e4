/** `x-dry-run` at the college's own door: the tables answer, no office is called for data. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { request } from 'undici';
import { startCollege, type TestCollege } from '../support/college.js';
import { countStatements } from '../support/statements.js';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
});
afterAll(() => college.stop());

const QUERY = '{ student(studentNo: "2024010317") { phone phoneMasked } }';
const COUNSELLOR = { 'x-purpose': 'ADMIN_REVIEW' };

test('a dry run reports the cells and reads no row (DOMAIN 3.1)', async () => {
  await college.request('T0101', '{ __typename }', { headers: COUNSELLOR });
  const { result, statements } = await countStatements(() =>
    college.request('T0101', QUERY, { headers: { ...COUNSELLOR, 'x-dry-run': 'true' } }),
  );

  const phone = {
    groups: ['SENSITIVE_IDENTITY'],
    effect: 'MASK',
    clause: 'FG02',
    rule: 'COUNSELLOR.FG02',
    condition:
      '限本班或本学院；电话只显示后四位。 Own classes or own college; of the phone number the last four characters.',
  };
  expect(result).toEqual({
    data: null,
    extensions: {
      dryRun: [
        {
          path: ['student'],
          groups: ['IDENTITY'],
          effect: 'ALLOW',
          clause: 'FG01',
          rule: 'COUNSELLOR.FG01',
        },
        { path: ['student', 'phone'], ...phone, shown: 'NULL' },
        { path: ['student', 'phoneMasked'], ...phone, shown: 'LAST4' },
      ],
    },
  });
  expect(statements).toEqual([]);
});

test('without it, or with false, the question is answered', async () => {
  const answer = await college.request('T0101', QUERY, {
    headers: { ...COUNSELLOR, 'x-dry-run': 'false' },
  });
  expect(answer.data).toEqual({ student: { phone: null, phoneMasked: '*******1001' } });
});

test.each(['1', ''])('any other word (%j) is refused: nothing is done by mistake', async (word) => {
  const { statusCode, body } = await request(college.gateway.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await college.token('T0101')}`,
      ...COUNSELLOR,
      'x-dry-run': word,
    },
    body: JSON.stringify({ query: QUERY }),
  });
  expect([statusCode, await body.json()]).toEqual([
    400,
    {
      errors: [
        {
          message: expect.stringMatching(/x-dry-run: true, false\.$/),
          extensions: { code: 'VALIDATION' },
        },
      ],
    },
  ]);
});
