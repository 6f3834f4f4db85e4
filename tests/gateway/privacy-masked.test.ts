/** A masked value says that it is one, and by which cell (docs/decisions/0011). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { maskedAt } from '../support/masked-at.js';
import { refusal, startCollege, type College } from './small-college.js';

let college: College;
beforeAll(async () => {
  college = await startCollege();
});
afterAll(() => college.stop());

const banded = (...paths: string[][]) =>
  maskedAt({ shown: 'CATEGORY', group: 'TUITION', rule: 'COUNSELLOR.FG16' }, ...paths);

test('each masked selection is reported once, under its own name, wherever it stands', async () => {
  const answer = await college.request(
    'COUNSELLOR',
    `{ one: student(studentNo: "1") { owes: arrears { why: category } ...F ...F }
       students { nodes { arrears { category } } } }
     fragment F on Student { arrears { category } }`,
  );

  expect(answer.errors).toBeUndefined();
  expect({ extensions: answer.extensions }).toEqual(
    banded(
      ['one', 'owes', '@', 'why'],
      ['one', 'arrears', '@', 'category'],
      ['students', 'nodes', '@', 'arrears', '@', 'category'],
    ),
  );
});

test('who reads the value whole gets no report of a mask', async () => {
  const answer = await college.request(
    'FIN_CLERK',
    '{ student(studentNo: "1") { arrears { category } } }',
  );

  expect(answer).toEqual({ data: { student: { arrears: [{ category: 'UNEXPLAINED' }] } } });
});

test('what is not forwarded in the end is not reported as masked', async () => {
  const query = `query($why: Boolean!) {
    student(studentNo: "1") { arrears { category @include(if: $why) outstandingFen } } }`;
  const refused = refusal(
    ['student', 'arrears', 0, 'outstandingFen'],
    'TUITION',
    'FG16',
    'COUNSELLOR',
    { masked: true },
  );

  expect(await college.request('COUNSELLOR', query, { variables: { why: true } })).toEqual({
    data: { student: { arrears: [{ category: 'UNEXPLAINED', outstandingFen: null }] } },
    errors: [refused],
    ...banded(['student', 'arrears', '@', 'category']),
  });
  expect(await college.request('COUNSELLOR', query, { variables: { why: false } })).toEqual({
    data: { student: { arrears: [{ outstandingFen: null }] } },
    errors: [refused],
  });
});

test('an operation refused as a whole has nothing masked in it', async () => {
  const answer = await college.request(
    'COUNSELLOR',
    '{ student(studentNo: "1") { arrears { category } } operationCount }',
  );

  expect(answer).toEqual({
    data: null,
    errors: [refusal(['operationCount'], 'OPERATION_LOG', 'FG28', 'COUNSELLOR')],
  });
  expect(college.calls).toEqual([]);
});
