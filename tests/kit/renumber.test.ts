/**
 * Events and rows that name a student by a number of before find him, and rows of two numbers that are
 * one person's become one by the rule of their table (F-07).
 */
import type { FeedEvent } from '@chengxin/kit/feed/outbox';
import { withCurrentNumbers } from '@chengxin/kit/feed/renumber';
import { forkOf } from '@chengxin/kit/database/orm';
import { withCurrentNumber } from '@chengxin/kit/import/current-number';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner, ownerOf } from '../support/sql.js';

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

const OFFICES = ['archive', 'academics', 'finance', 'security', 'youthleague', 'thirdparty'];

/** Tables of the archive whose rows a merge makes one by actions, before they move. */
const BY_ACTIONS = ['account', 'archive', 'commitment', 'student'];
const WITHOUT_RULE = `
  select distinct k.table_name as name from student_keys() k
  where not exists (select from merge_rule r where r.table_name = k.table_name) order by 1`;

test('every key that names a student has a rule for two rows that meet', async () => {
  const without = await Promise.all(
    OFFICES.map(async (office) => {
      const rows = await asOwner<{ name: string }>(college, office, WITHOUT_RULE);
      return rows.map(({ name }) => `${office} ${name}`);
    }),
  );
  expect(without.flat()).toEqual(BY_ACTIONS.map((name) => `archive ${name}`));
});

interface Hours {
  readonly term: string;
  readonly hours: string;
  readonly state: string;
}

/** Two students with a line a term each, some of them of the same term, alike or not. */
const hours = fc.uniqueArray(
  fc.record({
    term: fc.constantFrom('2023-1', '2023-2', '2024-1', '2024-2'),
    hours: fc.constantFrom('10.0', '20.5'),
    state: fc.constantFrom('APPROVED', 'APPROVED', 'REVOKED'),
  }),
  { selector: ({ term }) => term },
);

const PUT = `
  insert into volunteer_hours (student_no, term_code, hours, state, confirmed_on, recorded_by,
    recorded_at, approved_by, approved_at, evidence)
  select $1, r.term, r.hours::numeric, r.state, '2025-01-01', 'T0601', now(), 'T0602', now(),
    '[{"id":"d","docNo":"DOC-7"}]'
  from jsonb_to_recordset($2::jsonb) r (term text, hours text, state text)`;
const STAND = `
  select student_no as "studentNo", term_code as term, hours::text, state from volunteer_hours
  where student_no = any($1)`;
const WAIT = `
  select r.value->>'termCode' as term, (r.value->>'hours')::numeric(5, 1)::text as hours,
    b.recorded_by as clerk, b.basis_doc_no as basis
  from import_row r join import_batch b on b.id = r.batch_id
  where b.kind = 'volunteerHours' and b.state = 'PROPOSED' and b.by_form and r.value->>'studentNo' = $1`;
const GONE = `select count(*)::int as count from outbox where topic = 'good'`;

const sorted = <Row extends { term: string }>(rows: readonly Row[]): Row[] =>
  rows.toSorted((a, b) => a.term.localeCompare(b.term));

test('of any two students the merged one has the union, and what meets is one by the rule (F-07)', async () => {
  let next = 3_000_000_000;
  const client = await ownerOf(college, 'youthleague');
  const owned = async (sql: string, values: unknown[] = []) =>
    (await client.query<Hours & { studentNo: string; count: number }>(sql, values)).rows;
  await fc.assert(
    fc.asyncProperty(hours, hours, async (given, kept) => {
      const [was, becomes] = [String(next), String(next + 1)];
      next += 2;
      await owned(PUT, [was, JSON.stringify(given)]);
      await owned(PUT, [becomes, JSON.stringify(kept)]);
      const [before] = await owned(GONE);
      const move = 'select renumber_student($1, $2, now())';
      await owned(move, [was, becomes]);

      const meeting = (row: Hours) => kept.find(({ term }) => term === row.term);
      const differs = (row: Hours) => {
        const other = meeting(row);
        return other && (other.hours !== row.hours || other.state !== row.state);
      };
      const union = [...kept, ...given.filter((row) => !meeting(row))];
      const stand = await owned(STAND, [[was, becomes]]);
      expect(sorted(stand)).toEqual(sorted(union.map((row) => ({ ...row, studentNo: becomes }))));
      const waiting = given
        .filter((row) => differs(row) && row.state !== 'REVOKED')
        .map((row) => ({ term: row.term, hours: row.hours, clerk: 'T0601', basis: 'DOC-7' }));
      expect(sorted(await owned(WAIT, [becomes]))).toEqual(sorted(waiting));
      const [after] = await owned(GONE);
      const gone = (after?.count ?? 0) - (before?.count ?? 0);
      expect(gone).toBe(given.filter((row) => meeting(row)).length);

      // Once more, with nothing left to move: nothing changes.
      await owned(move, [was, becomes]);
      expect(await owned(STAND, [[was, becomes]])).toEqual(stand);
    }),
    { numRuns: 25 },
  );
  await client.end();
});
