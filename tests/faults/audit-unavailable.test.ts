/** What cannot be written down is not shown (INV-12): the log of an office is really broken here. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { bill } from '../support/bill.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { keepLog } from '../support/log-lines.js';
import { asOwner, ownerOf, waitingOnLocks } from '../support/sql.js';
import { countStatements } from '../support/statements.js';
import { errorOf } from '../support/straight.js';
import { until } from '../support/until.js';

const STUDENT = '2025020415';
const ADMIN = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
const NAME = '赵文博';

const { log, lines } = keepLog('warn');
let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ log });
  await college.bring('finance', 'bills', [bill('B-1', STUDENT)]);
});
beforeEach(() => void lines.splice(0));
const mends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const mend of mends.splice(0)) await mend();
});
afterAll(() => college.stop());

const ONE = `query One { student(studentNo: "${STUDENT}") { name bills { billNo } } }`;
const request = (query = ONE) => college.request('T0001', query, ADMIN);
const WHOLE = { data: { student: { name: NAME, bills: [{ billNo: 'B-1' }] } } };
/** A list of an office's own people, which no decision of the archive opens: the office writes it down. */
const OWN = `query One { bills { nodes { billNo } } student(studentNo: "${STUDENT}") { name } }`;
const requestOwn = () => college.request('T0401', OWN);
const OWN_WHOLE = { data: { bills: { nodes: [{ billNo: 'B-1' }] }, student: { name: NAME } } };

const appRole = (office: string): string => {
  const url = college.started.offices.get(office)?.config.databaseUrl;
  return decodeURIComponent(new URL(url ?? '').username);
};

/** Take the right to write its log from an office. */
async function takeRight(office: string, table: string): Promise<void> {
  const role = appRole(office);
  await asOwner(college, office, `revoke insert on ${table} from "${role}"`);
  mends.push(() => asOwner(college, office, `grant insert on ${table} to "${role}"`));
}

/** Let the database refuse every row of a log. */
async function refuseRows(office: string, table: string): Promise<void> {
  await asOwner(
    college,
    office,
    `create function refuse() returns trigger language plpgsql as
       $$ begin raise exception 'the disk is full'; end $$;
     create trigger refuse before insert on ${table} for each row execute function refuse()`,
  );
  mends.push(() => asOwner(college, office, 'drop function refuse cascade'));
}

const WAYS = [
  ['may not write', takeRight],
  ['cannot write', refuseRows],
] as const;

/** Requests that left a trace in a log. */
const traces = async (): Promise<unknown[]> => {
  await college.settle();
  return asOwner(
    college,
    'archive',
    `select student_no, office, allowed from access_event join access_event_part on event_id = id
     where operation_name = 'One' order by office`,
  );
};

test.each(WAYS)(
  'an office that %s shows nothing, the others answer and are written down',
  async (_, breakLog) => {
    const before = await traces();
    await breakLog('finance', 'outbox');

    expect(await requestOwn()).toEqual({
      data: { bills: null, student: { name: NAME } },
      errors: [errorOf('AUDIT_UNAVAILABLE', ['bills'])],
    });

    for (const mend of mends.splice(0)) await mend();
    const archive = { student_no: STUDENT, office: 'archive', allowed: ['IDENTITY'] };
    expect(await traces()).toEqual([archive, ...before]);
    expect(await requestOwn()).toEqual(OWN_WHOLE);
  },
);

test.each(WAYS)('when the archive %s, nothing of any student is shown', async (_, breakLog) => {
  const before = await traces();
  await breakLog('archive', 'access_event');

  expect(await request()).toEqual({
    data: { student: null },
    errors: [errorOf('AUDIT_UNAVAILABLE', ['student'])],
  });
  expect(await request('{ students { nodes { name } } }')).toEqual({
    data: { students: null },
    errors: [errorOf('AUDIT_UNAVAILABLE', ['students'])],
  });

  for (const mend of mends.splice(0)) await mend();
  expect(await traces()).toEqual(before);
  expect(await request()).toEqual(WHOLE);
});

test('a number of nobody reads as one of somebody then, too (3.7(4))', async () => {
  await takeRight('archive', 'access_event');

  expect(await request('{ student(studentNo: "2099999999") { name } }')).toEqual({
    data: { student: null },
    errors: [errorOf('AUDIT_UNAVAILABLE', ['student'])],
  });
});

test('what one selects of himself needs no log', async () => {
  await takeRight('archive', 'access_event');
  await takeRight('finance', 'outbox');

  expect(await college.request(STUDENT, ONE)).toEqual(WHOLE);
});

test('a refusal that cannot be written down is no refusal but AUDIT_UNAVAILABLE', async () => {
  await takeRight('archive', 'access_event');

  const { data, errors } = await college.request('T0902', ONE);

  expect(data).toBeUndefined();
  expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'AUDIT_UNAVAILABLE' }]);
});

test('the log of the process says what failed, and no value', async () => {
  await refuseRows('finance', 'outbox');

  await requestOwn();

  expect(lines.map(({ part, msg, err }) => [part, msg, err?.message])).toEqual([
    ['finance', 'an access is not written down, so nothing is shown', 'the disk is full'],
    ['gateway', 'office refused a call', undefined],
  ]);
  const text = JSON.stringify(lines);
  for (const value of [STUDENT, NAME, 'B-1', '980000']) expect(text).not.toContain(value);
});

const WRITES = /insert into access_event/;

test('requests side by side are written down together, and none is answered before its own is', async () => {
  const written = async (): Promise<number> => (await traces()).length;
  const before = await written();
  const [owner, looker] = [await ownerOf(college, 'archive'), await ownerOf(college, 'archive')];
  mends.push(
    () => owner.end(),
    () => looker.end(),
  );
  await owner.query('begin');
  await owner.query('lock table access_event in exclusive mode');
  let answered = 0;
  const { result, statements } = await countStatements(async () => {
    const sent = Array.from({ length: 8 }, async () => {
      const answer = await request('query One { student(studentNo: "2025020415") { name } }');
      answered += 1;
      return answer;
    });
    await until(async () => (await waitingOnLocks(looker)).length === 1);
    expect(answered).toBe(0);
    await owner.query('commit');
    return Promise.all(sent);
  });
  expect(result).toEqual(Array(8).fill({ data: { student: { name: NAME } } }));
  expect(await written()).toBe(before + 8);
  const writes = statements.filter(({ text }) => WRITES.test(text)).length;
  expect(writes).toBeLessThan(8);
});
