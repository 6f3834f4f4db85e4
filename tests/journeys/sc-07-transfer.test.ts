/** SC-07 (2, 3): an administrator moves to another college; at the instant of it he sees nobody (G18.2). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';
import { errorOf } from '../support/straight.js';
import { train } from '../support/trainings.js';

const STUDENT = '2024010317';
const ONE = `{ student(studentNo: "${STUDENT}") { name } }`;
const page = (after?: string) =>
  `{ students(first: 1${after ? `, after: "${after}"` : ''}) { nodes { name } pageInfo { endCursor } } }`;
const NOT_FOUND = { data: { student: null }, errors: [errorOf('NOT_FOUND', ['student'])] };
const refused = { group: 'IDENTITY', clause: 'FG01', rule: 'STAFF_SELF.FG01' };
const NO_LIST = {
  data: { students: null },
  errors: [errorOf('FORBIDDEN_FIELD', ['students'], refused)],
};

let college: TestCollege;
const at = (time: string): void => college.clock.set(`${time}+08:00`);
const request = (query: string): Promise<Answer> =>
  college.request('T0110', query, { headers: { 'x-purpose': 'ADMIN_REVIEW' } });
/** Without a grant a member of staff is himself and nobody more. */
const requestAsStaff = (query: string): Promise<Answer> => college.request('T0110', query);

beforeAll(async () => {
  college = await startCollege({ at: '2026-03-15T12:00:00+08:00' });
  await college.bring('archive', 'grants', [
    {
      工号: 'T0110',
      角色: 'COLLEGE_ADMIN',
      机构代码: 'C01',
      生效时间: '2023-09-01 00:00:00',
      失效时间: '2026-03-16 00:00:00',
      培训编号: '',
    },
  ]);
});
afterAll(() => college.stop());

interface Listed {
  readonly students: { readonly pageInfo: { readonly endCursor: string } };
}
const cursorOf = ({ data }: Answer): string =>
  (data as unknown as Listed).students.pageInfo.endCursor;

test('one second before, all is as it was; from the instant on, nobody is found (INV-21)', async () => {
  at('2026-03-15T23:59:59');
  expect(await request(ONE)).toEqual({ data: { student: { name: '李思源' } } });
  const first = await request(page());
  expect(first).toMatchObject({ data: { students: { nodes: [{ name: '刘子涵' }] } } });

  at('2026-03-16T00:00:00');
  expect(await requestAsStaff(ONE)).toEqual(NOT_FOUND);
  expect(await requestAsStaff(page())).toEqual(NO_LIST);
  expect(await requestAsStaff(page(cursorOf(first)))).toEqual(NO_LIST);

  at('2026-03-16T00:00:05');
  expect(await requestAsStaff(ONE)).toEqual(NOT_FOUND);
  const named = await request(ONE);
  expect(named.errors?.map(({ extensions }) => extensions['code'])).toEqual(['PURPOSE_REQUIRED']);
});

test('the old college keeps its other administrator; the new one is seen with a new grant alone', async () => {
  at('2026-03-16T00:00:05');
  const other = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
  expect(await college.request('T0120', ONE, other)).toEqual({
    data: { student: { name: '李思源' } },
  });
  await train(college, 'T0110', '2026-03-02');
  await college.bring('archive', 'grants', [
    {
      工号: 'T0110',
      角色: 'COLLEGE_ADMIN',
      机构代码: 'C02',
      生效时间: '2026-03-17 00:00:00',
      失效时间: '',
      培训编号: '',
    },
  ]);
  at('2026-03-16T23:59:59');
  expect(await requestAsStaff(ONE)).toEqual(NOT_FOUND);
  at('2026-03-17T00:00:00');
  expect(await request(ONE)).toEqual(NOT_FOUND);
  const [student] = await asOwner<{ no: string }>(
    college,
    'archive',
    `select student_no as no from student where college = 'C02' order by student_no limit 1`,
  );
  const own = await request(`{ student(studentNo: "${student?.no}") { college } }`);
  expect(own).toEqual({ data: { student: { college: 'C02' } } });
});
