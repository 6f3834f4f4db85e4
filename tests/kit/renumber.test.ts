/** Events and rows that name a student by a number of before find him (F-07). */
import type { FeedEvent } from '@chengxin/kit/feed/outbox';
import { withCurrentNumbers } from '@chengxin/kit/feed/renumber';
import { forkOf } from '@chengxin/kit/database/orm';
import { withCurrentNumber } from '@chengxin/kit/import/current-number';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';

const OLD = '2024010317';
const NEW = '2024019317';
const OTHER = '2024010305';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  await asOwner(college, 'finance', 'insert into former_number values ($1, $2)', [OLD, NEW]);
});
afterAll(() => college.stop());

const event = (payload: FeedEvent['payload']): FeedEvent => ({
  topic: 'finding',
  key: 'security:1',
  version: 1,
  payload,
});

test('an office that is behind names the student by the number that holds; lists stay as written', async () => {
  const finance = college.started.offices.get('finance')!;
  const events = [
    event({ studentNo: OLD, state: 'FOUND' }),
    event({ studentNo: OTHER }),
    event({ parts: [{ studentNos: [OLD] }] }),
    { ...event({}), gone: true as const },
  ];
  const read = await withCurrentNumbers(forkOf(finance.orm), events);
  expect(read).toEqual([
    event({ studentNo: NEW, state: 'FOUND' }),
    event({ studentNo: OTHER }),
    event({ parts: [{ studentNos: [OLD] }] }),
    { ...event({}), gone: true },
  ]);
});

test('rows of a file stand under the numbers that hold, and say which they named', () => {
  const current = new Map([[OLD, NEW]]);
  expect(withCurrentNumber({ studentNo: OLD, a: 1 }, current)).toEqual({
    studentNo: NEW,
    a: 1,
    formerNo: OLD,
  });
  expect(withCurrentNumber({ studentNo: OTHER }, current)).toEqual({ studentNo: OTHER });
  expect(withCurrentNumber({ students: [OLD, OTHER, NEW] }, current)).toEqual({
    students: [NEW, OTHER],
  });
  expect(withCurrentNumber({ billNo: 'B' }, current)).toEqual({ billNo: 'B' });
});

test('the run-time role moves nobody in the archive but as a whole, and writes no former number', async () => {
  const rights = await asOwner(
    college,
    'archive',
    `select has_table_privilege(r.rolname, 'former_number', 'insert') as writes,
       has_function_privilege(r.rolname, 'renumber_student(text, text)', 'execute') as moves,
       has_function_privilege(r.rolname, 'renumber_in_archive(text, text)', 'execute') as renumbers
     from pg_roles r where r.rolname like '%archive_app'
       and has_schema_privilege(r.rolname, 'public', 'usage')
       and has_table_privilege(r.rolname, 'student', 'select')`,
  );
  expect(rights).toContainEqual({ writes: false, moves: false, renumbers: true });
});
