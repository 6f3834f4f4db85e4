/**
 * F-07 over all six offices: a student who has something everywhere gets another number. Whoever saw
 * something of him sees the same under the new number, and whoever saw nothing sees nothing; an office
 * that was down catches up.
 */
import { loadOffices } from '@chengxin/college/office-list';
import type { Role } from '@chengxin/kit/privacy/roles';
import { startOffice, type RunningOffice } from '@chengxin/kit/server/office';
import { RELATIONS } from '@chengxin/archive/access/relation.rules';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { liveThrough } from '../archive/whole-life.js';
import { openDesk } from '../import/desk.js';
import { bill } from '../support/bill.js';
import { bringReferences, CALLERS, STUDENT } from '../support/callers.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { mutate, on } from '../support/mutate.js';
import { schemaOf, selectAll } from '../support/selection.js';
import { asOwner } from '../support/sql.js';
import { bringFacts } from '../support/student-facts.js';

const AT = '2026-04-12T10:00:00+08:00';
const FIRST = 'T0001';
const SECOND = 'T0002';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const NEW = '2024019317';
const NEXT = '2024019417';
const MINUTES = 60_000;

let college: TestCollege;
let whole: string;
const again: RunningOffice[] = [];
beforeAll(async () => {
  college = await startCollege({ at: AT });
  await bringReferences(college);
  await bringFacts(college, [STUDENT]);
  await liveThrough(college, STUDENT);
  const seal = `update law_violation set state = 'SEALED', sealed_on = '2026-04-01' where case_no = 'SEC-1'`;
  await asOwner(college, 'security', seal);
  const schema = await schemaOf(college);
  // The log grows with each request, and so do the views of a token; the numbers themselves are new.
  const grows = ['AccessEvent', 'ReportToken', 'StudentAlias', 'StudentRenumbering'];
  whole = selectAll(schema, 'Student', grows);
}, 5 * MINUTES);
afterAll(async () => {
  for (const office of again) await office.stop();
  await college.stop();
});

/** Who has no relation to any student reaches none. */
const REACHING = CALLERS.filter(([role]) => RELATIONS[role] !== 'NONE');

/** Lists of the offices' own people, who read them without the archive's decision. */
const LISTS: Partial<Record<Role, string>> = {
  AAO_REVIEWER: '{ courseGrades(first: 100) { nodes { courseName student { studentNo name } } } }',
  FIN_REVIEWER: '{ bills(first: 100) { nodes { billNo student { studentNo name } } } }',
  SEC_REVIEWER: '{ lawViolations(first: 100) { nodes { id student { studentNo name } } } }',
  CYL_REVIEWER: '{ practices(first: 100) { nodes { activity student { studentNo name } } } }',
};

const isNews = (one: unknown): boolean =>
  typeof one === 'object' && one !== null && (one as { kind?: string }).kind === 'RENUMBERED';

const OF_RESEARCH = /^(research|integrityChecks|retentionFacts)/;
/** What hangs on a research project is named by the project and the student together. */
const withoutIds = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => (key === 'id' ? undefined : inner)),
  ) as unknown;

/** An answer under the first number, without the notice that tells of the change. */
function comparable({ data, errors = [] }: Answer, studentNo: string): unknown {
  const text = JSON.stringify(data, (key, value: unknown) => {
    if (OF_RESEARCH.test(key)) return withoutIds(value);
    return Array.isArray(value) ? value.filter((one) => !isNews(one)) : value;
  });
  // Rows of a list are refused alike, wherever they stand in it.
  const refused = errors.map(({ path = [], extensions }) => {
    const where = path.map((step) => (typeof step === 'number' ? '@' : step)).join('.');
    return `${where} ${JSON.stringify(extensions)}`;
  });
  return {
    data: JSON.parse(text.replaceAll(studentNo, STUDENT)) as unknown,
    errors: [...new Set(refused)].toSorted(),
  };
}

async function readBy(studentNo: string): Promise<Record<string, unknown>> {
  const answers: [string, unknown][] = [];
  for (const [role, person, headers] of REACHING) {
    const who = person === STUDENT ? studentNo : person;
    const query = `{ student(studentNo: "${studentNo}") ${whole} }`;
    const answer = await college.request(who, query, { headers });
    answers.push([role, comparable(answer, studentNo)]);
    const list = LISTS[role];
    if (!list) continue;
    const listed = await college.request(who, list, { headers });
    answers.push([`${role} list`, comparable(listed, studentNo)]);
  }
  return Object.fromEntries(answers);
}

const soon = () => college.clock.set(new Date(college.clock.now().getTime() + 5000).toISOString());
const propose = (studentNo: string, newNo: string) =>
  mutate(
    college,
    FIRST,
    { name: 'renumberStudent', noun: 'StudentRenumbering', args: { studentNo, newNo } },
    REVIEW,
  );
async function renumber(studentNo: string, newNo: string): Promise<void> {
  const { row } = await propose(studentNo, newNo);
  const request = { name: 'approveRenumbering', noun: 'StudentRenumbering', args: on(row) };
  expect((await mutate(college, SECOND, request, REVIEW)).came).toBe('OK');
  soon();
}

const OFFICES = ['archive', 'academics', 'finance', 'security', 'youthleague', 'thirdparty'];
const TABLES = `
  select c.relname as name, a.attname as col from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'student_no' and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`;

/** Tables of an office in which somebody stands under a number. */
async function tablesWith(office: string, studentNo: string): Promise<string[]> {
  const tables = await asOwner<{ name: string }>(college, office, TABLES);
  const found: string[] = [];
  for (const { name } of tables) {
    const sql = `select 1 from ${name} where student_no = $1 limit 1`;
    if ((await asOwner(college, office, sql, [studentNo])).length) found.push(name);
  }
  return found;
}
const tablesEverywhere = async (studentNo: string): Promise<Record<string, string[]>> =>
  Object.fromEntries(
    await Promise.all(
      OFFICES.map(async (office) => [office, await tablesWith(office, studentNo)] as const),
    ),
  );

/** Logs stay as they were written, and who opened whom within the hour as it was counted. */
const LOGS = new Set(['access_event', 'opened_student', 'age_refusal', 'access_review']);

let before: Record<string, unknown>;
let tables: Record<string, string[]>;

test(
  'all that stood under the old number stands under the new one, for the same people',
  async () => {
    before = await readBy(STUDENT);
    expect(JSON.stringify(before['STU_SELF'])).toContain('BILL-1-A');
    tables = await tablesEverywhere(STUDENT);
    for (const office of OFFICES) expect([office, tables[office]]).not.toEqual([office, []]);

    await renumber(STUDENT, NEW);
    await college.settle();
    const after = await readBy(NEW);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    for (const [role, answer] of Object.entries(after))
      expect([role, answer]).toEqual([role, before[role]]);
  },
  10 * MINUTES,
);

test('no row but those of logs is left behind, in any office', async () => {
  const left = await tablesEverywhere(STUDENT);
  for (const office of OFFICES)
    expect([office, left[office]?.filter((name) => !LOGS.has(name))]).toEqual([office, []]);
  const moved = await tablesEverywhere(NEW);
  const missing = OFFICES.flatMap((office) =>
    (tables[office] ?? [])
      .filter((name) => !LOGS.has(name) && !moved[office]?.includes(name))
      .map((name) => `${office} ${name}`),
  );
  expect(missing).toEqual([]);
});

test('a file that names the old number finds the student, also one that was proposed before', async () => {
  await college.bring('finance', 'bills', [bill('B-OLD', STUDENT)]);
  const definitions = await loadOffices();
  const office = definitions.find(({ name }) => name === 'youthleague')!;
  const desk = await openDesk(college, office);
  const csv = `学号,学期,时长,确认日期\n${NEW},2025-1,12.5,2025-11-01\n`;
  const file = await desk.file('hours.csv', csv);
  const { batchId } = await desk.propose('volunteerHours', file, importer('T0601', 'CYL_CLERK'));
  await renumber(NEW, NEXT);
  await college.settle();
  await desk.approve(batchId, importer('T0602', 'CYL_REVIEWER'));
  await desk.close();
  const query = `{ student(studentNo: "${STUDENT}") { studentNo bills { billNo } volunteerHours { hours } } }`;
  const { data } = await college.request(NEXT, query);
  expect(data).toEqual({
    student: {
      studentNo: NEXT,
      bills: expect.arrayContaining([{ billNo: 'B-OLD' }]),
      volunteerHours: expect.arrayContaining([{ hours: '12.5' }]),
    },
  });
});

/** Start a stopped office again, on the port where it was. */
async function startAgain(name: string): Promise<RunningOffice> {
  const old = college.started.offices.get(name);
  const definition = (await loadOffices()).find((office) => office.name === name);
  if (!old || !definition) throw new Error(`There is no ${name}.`);
  const port = Number(new URL(old.url).port);
  const office = await startOffice(definition, { ...old.config, port });
  again.push(office);
  return office;
}

test(
  'offices that were down catch up, and nothing of theirs is lost',
  async () => {
    const last = '2024019517';
    const facts = `{ student(studentNo: "${NEXT}") { bills { billNo }
      cardOverdrafts { overdueFen } phoneBills { amountFen } } }`;
    const known = await college.request(NEXT, facts);
    expect(known.errors).toBeUndefined();
    const down = ['finance', 'thirdparty'];
    for (const name of down) await college.started.offices.get(name)?.stop();
    await renumber(NEXT, last);
    for (const name of down) {
      const office = await startAgain(name);
      for (const feed of office.feeds) await feed.settle();
    }
    expect(await college.request(last, facts)).toEqual(known);
  },
  2 * MINUTES,
);

const NOT_DEFERRABLE = `
  select c.conrelid::regclass::text as name, c.conname from pg_constraint c
  where c.contype = 'f' and not c.condeferrable and c.connamespace = 'public'::regnamespace
    and exists (select from pg_attribute a
      where a.attrelid = c.conrelid and a.attnum = any (c.conkey) and a.attname = 'student_no')`;

test('no table stands in the way of a new number: foreign keys over it wait for the last of them', async () => {
  for (const office of OFFICES)
    expect([office, await asOwner(college, office, NOT_DEFERRABLE)]).toEqual([office, []]);
});
