/** Of a void or destroyed archive nothing is left to read but the tombstone (DOMAIN 2.4, T-05, F-08). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CALLERS, bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';
import { StudentRows } from './procedure-rows.js';
import { liveThrough } from './whole-life.js';

const QUERY = `{
  student(studentNo: "${STUDENT}") { name bills { billNo } grades { courseName } lawViolations { id } }
  students(first: 100, filter: { classCode: "20240103" }) { nodes { studentNo } }
  cases(first: 100) { nodes { students } }
  reviewQueue(first: 100) { nodes { studentNo } }
  myNotices { kind }
  me { student { name } }
}`;

let college: TestCollege;
const rows = new StudentRows(() => college, STUDENT);

beforeAll(async () => {
  college = await startCollege();
  await bringReferences(college);
  await liveThrough(college, STUDENT);
});
afterAll(() => college.stop());

const setState = (state: string) =>
  asOwner(
    college,
    'archive',
    `update archive set state = $1, closed_on = '2026-04-01' where student_no = $2`,
    [state, STUDENT],
  );
const request = (caller: (typeof CALLERS)[number]): Promise<Answer> => {
  const [, person, headers] = caller;
  return college.request(person, QUERY, { headers });
};
const findsStudent = ({ data }: Answer): boolean =>
  Boolean(data?.['student']) || JSON.stringify(data?.['students'] ?? {}).includes(STUDENT);

test.each(['VOID', 'DESTROYED'])(
  'a student whose archive is %s exists for nobody, himself included',
  { timeout: 180_000 },
  async (state) => {
    for (const caller of CALLERS) {
      await setState('ACTIVE');
      const before = await request(caller);
      await setState(state);
      const after = await request(caller);
      expect([caller[0], findsStudent(after)]).toEqual([caller[0], false]);
      expect(JSON.stringify(after.data ?? null)).not.toContain(STUDENT);
      if (!findsStudent(before) || !after.data) continue;
      const codes = after.errors
        ?.filter(({ path }) => path?.length === 1 && path[0] === 'student')
        .map(({ extensions }) => extensions['code']);
      expect([caller[0], codes]).toEqual([caller[0], ['NOT_FOUND']]);
    }
    await setState('ACTIVE');
  },
);

test.each(['CLOSED', 'RETAINED'])(
  'in state %s he still reads his own archive (F-08)',
  async (state) => {
    await setState(state);
    const { data } = await college.request(STUDENT, '{ me { student { archive { state } } } }');
    expect(data).toEqual({ me: { student: { archive: { state } } } });
    await setState('ACTIVE');
  },
);

test('whoever was a no-show and came later has the later archive (INV-01)', async () => {
  await setState('VOID');
  await rows.put('LATER', 'archive', {
    state: 'IMPORTED',
    opened_on: '2025-09-01',
    recorded_at: '2025-09-01T00:00:00Z',
  });
  const { data } = await college.request(STUDENT, '{ me { student { archive { openedOn } } } }');
  expect(data).toEqual({ me: { student: { archive: { openedOn: '2025-09-01' } } } });
  await asOwner(college, 'archive', 'delete from archive where id = $1', [rows.id('LATER')]);
  await setState('ACTIVE');
});

test('his published deeds leave with him', async () => {
  const query = '{ modelCases { nodes { title } } }';
  expect(await college.request(null, query)).toEqual({
    data: { modelCases: { nodes: [{ title: '拾金不昧' }] } },
  });
  await setState('DESTROYED');
  expect(await college.request(null, query)).toEqual({ data: { modelCases: { nodes: [] } } });
});
