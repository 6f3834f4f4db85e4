/**
 * F-07 over all six offices: a student who has something everywhere gets another number. Whoever saw
 * something of him sees the same under the new number, and whoever saw nothing sees nothing; an office
 * that was down catches up. Then he and his duplicate become one: nobody sees more kinds of facts than
 * he saw of either before.
 */
import { followNumbers } from '@chengxin/kit/feed/follow-numbers.job';
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
import { duplicateOf } from '../support/new-student.js';
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
/** The same student under another number, in another college, with facts everywhere. */
let twin: string;
const again: RunningOffice[] = [];
beforeAll(async () => {
  college = await startCollege({ at: AT });
  await bringReferences(college);
  twin = await bringTwin();
  await bringFacts(college, [STUDENT, twin]);
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

async function bringTwin(): Promise<string> {
  const number = await duplicateOf(college, STUDENT);
  const archive = (sql: string) => asOwner(college, 'archive', sql, [number]);
  await archive(
    `update student set college = 'C02', class_code = '20240201', major_code = 'M0201'
     where student_no = $1`,
  );
  await archive(
    `insert into archive (student_no, state, opened_on, recorded_by, recorded_at, approved_by,
       approved_at, evidence)
     values ($1, 'IMPORTED', '2025-09-01', 'T0110', now(), 'T0001', now(), '[{"id":"e","docNo":"e"}]')`,
  );
  await archive(
    `insert into outbox (topic, key, version, at) select 'roster', student_no, version, now()
     from student where student_no = $1`,
  );
  await college.settle();
  return number;
}

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

/** An answer under the first number, without the notice that tells of the change; null of a refusal. */
function comparable({ data, errors = [] }: Answer, studentNo: string): unknown {
  const text = JSON.stringify(data ?? null, (key, value: unknown) => {
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

async function readBy(
  studentNo: string,
  readers: typeof CALLERS = REACHING,
): Promise<Record<string, unknown>> {
  const answers: [string, unknown][] = [];
  for (const [role, person, headers] of readers) {
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

test('what an office committed just as the number was given up follows by itself', async () => {
  // As a transaction that had begun before writes them; one of them in an office without a roster.
  const late = {
    academics: 'academic_summary',
    youthleague: 'volunteer_hours',
    thirdparty: 'consent',
  };
  const give = async (office: string, table: string, from: string, to: string) =>
    asOwner(college, office, `update ${table} set student_no = $2 where student_no = $1`, [
      from,
      to,
    ]);
  const counts = async () =>
    Promise.all(
      Object.entries(late).map(async ([office, table]) => {
        const sql = `select student_no as no, count(*)::int as count from ${table}
          where student_no in ($1, $2) group by 1`;
        return [office, await asOwner(college, office, sql, [STUDENT, NEW])];
      }),
    );
  const whole = await counts();
  for (const [office, table] of Object.entries(late)) await give(office, table, NEW, STUDENT);
  expect(await counts()).not.toEqual(whole);
  for (const definition of await loadOffices()) {
    const office = college.started.offices.get(definition.name)!;
    const archive = definition.consumes['archive'];
    if (archive) await followNumbers(archive['roster']).run(office, college.clock.now());
  }
  expect(await counts()).toEqual(whole);
  for (const [office] of Object.entries(late))
    expect((await tablesWith(office, STUDENT)).filter((name) => !LOGS.has(name))).toEqual([]);
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

/** Of the facts that tests bring, the kinds that an answer has: `BILL-#-A`, of the first or the second. */
function kindsIn(answer: unknown, place: 1 | 2): Set<string> {
  const words = JSON.stringify(answer).matchAll(/"([A-Za-z]+(?:-[A-Z])?)-([12])(-?[A-Z]*)"/g);
  const own = [...words].filter(([, , of]) => of === String(place));
  return new Set(own.map(([, word, , rest]) => `${word}-#${rest}`));
}

/** Some of each relation. */
const READERS = CALLERS.filter(([role]) =>
  [
    'STU_SELF',
    'COUNSELLOR',
    'SCHOOL_ADMIN',
    'AUDITOR',
    'AAO_REVIEWER',
    'EV_AWARD',
    'EMPLOYER_TOKEN',
  ].includes(role),
);

const PRACTICE = {
  活动名称: 'both',
  学时: '8.0',
  地点: 'here',
  核实人工号: 'T0601',
  日期: '2025-08-01',
};

/** Rows of a student in each table of an office. */
async function countsIn(office: string, studentNo: string): Promise<Map<string, number>> {
  const tables = await asOwner<{ name: string }>(college, office, TABLES);
  const counts = tables.map(
    ({ name }) => `select '${name}' as name, count(*)::int as n from ${name} where student_no = $1`,
  );
  const rows = await asOwner<{ name: string; n: number }>(
    college,
    office,
    counts.join(' union all '),
    [studentNo],
  );
  return new Map(rows.map(({ name, n }) => [name, n]));
}

/** Rows that met, by office: of the same term, of the student alone, alike. */
const MET: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  academics: { academic_summary: 1, graduation: 1, roster: 1 },
  finance: { roster: 1 },
  security: { roster: 1 },
  youthleague: { practice_record: 1, roster: 1, volunteer_hours: 1 },
  thirdparty: {},
};

const LAST = '2024019517';
const HEADS_OTHER_COLLEGE = 'T0210';
const isSeenBy = async (person: string, studentNo: string): Promise<boolean> => {
  const query = `{ student(studentNo: "${studentNo}") { studentNo } }`;
  const { data } = await college.request(person, query, { headers: REVIEW });
  return Boolean(data?.['student']);
};

test(
  'two archives of one person become one in all six offices, one of which was down',
  async () => {
    for (const number of [LAST, twin])
      await college.bring('youthleague', 'practices', [{ 学号: number, ...PRACTICE }]);
    const merge = { name: 'mergeStudents', noun: 'StudentMerge' };
    const args = { studentNo: LAST, duplicateNo: twin };
    const early = await mutate(college, FIRST, { ...merge, args }, REVIEW);
    expect([early.came, JSON.stringify(early.answer)]).toEqual([
      'STATE_CONFLICT',
      expect.stringContaining('a case that is not decided'),
    ]);
    const both = `insert into case_student select case_id, $2 from case_student where student_no = $1`;
    await asOwner(college, 'archive', both, [LAST, twin]);
    await college.settle();
    soon();
    const ofTwin = await readBy(twin, READERS);
    expect(kindsIn(ofTwin['STU_SELF'], 2)).toContain('BILL-#-A');
    expect(await isSeenBy(HEADS_OTHER_COLLEGE, twin)).toBe(true);
    const had: [office: string, both: Map<string, number>[]][] = [];
    for (const office of Object.keys(MET))
      had.push([office, [await countsIn(office, LAST), await countsIn(office, twin)]]);

    await college.started.offices.get('youthleague')?.stop();
    const { row } = await mutate(college, FIRST, { ...merge, args }, REVIEW);
    const approve = { name: 'approveMerge', noun: 'StudentMerge', args: on(row) };
    expect((await mutate(college, SECOND, approve, REVIEW)).came).toBe('OK');
    // The archive stops before anybody has read what it has published.
    await college.started.offices.get('archive')?.stop();
    await startAgain('archive');
    for (const [name, office] of college.started.offices)
      if (name !== 'youthleague' && name !== 'archive')
        for (const feed of office.feeds) await feed.settle();
    const youth = await startAgain('youthleague');
    for (const feed of youth.feeds) await feed.settle();
    for (const office of again) for (const feed of office.feeds) await feed.settle();
    soon();

    for (const [office, [own, other]] of had) {
      const now = await countsIn(office, LAST);
      for (const [name, n] of now) {
        if (name === 'former_number' || LOGS.has(name)) continue;
        const met = MET[office]?.[name] ?? 0;
        const before_ = (own?.get(name) ?? 0) + (other?.get(name) ?? 0);
        expect([office, name, n]).toEqual([office, name, before_ - met]);
      }
    }
    for (const office of OFFICES) {
      const left = (await tablesWith(office, twin)).filter((name) => !LOGS.has(name));
      expect([office, left]).toEqual([office, []]);
    }
    const after = await readBy(LAST, READERS);
    for (const [role] of READERS) {
      const of = (answer: unknown, place: 1 | 2) => [...kindsIn(answer, place)];
      const allowed = new Set([...of(before[role], 1), ...of(ofTwin[role], 2)]);
      const more = of(after[role], 2).filter((kind) => !allowed.has(kind));
      expect([role, more]).toEqual([role, []]);
    }
    const own = after['STU_SELF'];
    const errorsOf = (answer: unknown) => (answer as { errors: string[] }).errors;
    expect(errorsOf(own)).toEqual(errorsOf(before['STU_SELF']));
    expect([...kindsIn(own, 1)]).toEqual(
      expect.arrayContaining([...kindsIn(before['STU_SELF'], 1)]),
    );
    expect([...kindsIn(own, 2)]).toEqual(
      expect.arrayContaining([...kindsIn(ofTwin['STU_SELF'], 2)]),
    );
    // The employer had a consent to what stood under one of the numbers.
    expect(kindsIn(before['EMPLOYER_TOKEN'], 1).size).toBeGreaterThan(0);
    expect(kindsIn(after['EMPLOYER_TOKEN'], 1).size).toBe(0);
    for (const number of [LAST, twin])
      expect(await isSeenBy(HEADS_OTHER_COLLEGE, number)).toBe(false);
  },
  5 * MINUTES,
);

test('of rows that met and differ the reviewer decides: what he approves stands in the place of the other', async () => {
  const waiting = await asOwner<{ id: string; kind: string }>(
    college,
    'academics',
    `select id, kind from import_batch where state = 'PROPOSED' and file_name = 'merge' order by kind`,
  );
  expect(waiting.map(({ kind }) => kind)).toEqual(['graduations', 'summaries']);
  const ofYouth = `select id from import_batch where state = 'PROPOSED' and file_name = 'merge'`;
  const [fact] = await asOwner<{ id: string }>(college, 'youthleague', ofYouth);
  const approve = {
    name: 'approveVolunteerHours',
    noun: 'YouthleagueImportBatch',
    args: { id: fact?.id, expectedVersion: 1, reason: 'checked' },
  };
  expect((await mutate(college, 'T0602', approve)).came).toBe('OK');
  const hours = `{ student(studentNo: "${LAST}") { volunteerHours { termCode hours } } }`;
  const { data } = await college.request(LAST, hours);
  expect(data).toMatchObject({
    student: {
      volunteerHours: expect.arrayContaining([{ termCode: '2024-2', hours: '41.2' }]),
    },
  });
  const summaries = waiting.find(({ kind }) => kind === 'summaries');
  const reject = {
    name: 'rejectAcademicImport',
    noun: 'AcademicsImportBatch',
    args: { id: summaries?.id, expectedVersion: 1, reason: 'not his' },
  };
  expect((await mutate(college, 'T0302', reject)).came).toBe('OK');
});

const NOT_DEFERRABLE = `
  select c.conrelid::regclass::text as name, c.conname from pg_constraint c
  where c.contype = 'f' and not c.condeferrable and c.connamespace = 'public'::regnamespace
    and exists (select from pg_attribute a
      where a.attrelid = c.conrelid and a.attnum = any (c.conkey) and a.attname = 'student_no')`;

test('no table stands in the way of a new number: foreign keys over it wait for the last of them', async () => {
  for (const office of OFFICES)
    expect([office, await asOwner(college, office, NOT_DEFERRABLE)]).toEqual([office, []]);
});
