/**
 * Random operations of random roles, over students of whom every stored value is known by sight: what
 * the reviewed tables shut for a role stands nowhere in what it gets, nor in any log, nor in any
 * other office (DOMAIN 3.1, 3.7). New types, columns and fields are covered by being there.
 */
import { loadOffices } from '@chengxin/college/office-list';
import { OFFICES } from '@chengxin/gateway/offices';
import type { AccessEffect } from '@chengxin/kit/disclosure/access-call';
import { LEFT_TO_ARCHIVE, type LeftToArchive } from '@chengxin/kit/disclosure/disclosures';
import { moreOpen } from '@chengxin/kit/disclosure/effect.rules';
import { OFFICE_TOPICS } from '@chengxin/kit/feed/topic';
import * as fc from 'fast-check';
import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isObjectType,
  Kind,
  parse,
  validate,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CALLERS, bringReferences } from '../support/callers.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { keepLog } from '../support/log-lines.js';
import { published } from '../support/published.js';
import { schemaOf, selectAll } from '../support/selection.js';
import { asOwner } from '../support/sql.js';
import { bringFacts } from '../support/student-facts.js';
import { isAllowed, mayShow, STUDENTS } from './allowed.js';
import { markerWord, placeCanaries, type Canary } from './canaries.js';
import { operations, type Operation } from './operations.js';
import { groupNames, groupsOf, mayBeListed } from './reviewed.js';
import { rollOf } from './roll.js';
import { bringLife } from './student-life.js';

const SEED = 20_260_412;
const OPERATIONS = 2000;
/** About 20 seconds on two free cores; a machine that does other things too takes longer. */
const TIME_AT_MOST_MS = 300_000;
/** Operations under way at once. */
const AT_ONCE = 8;

const { log, lines } = keepLog('debug');
let college: TestCollege;
let schema: GraphQLSchema;
let canaries: readonly Canary[];
let byValue: ReadonlyMap<string, Canary>;

const roll = rollOf(markerWord);

beforeAll(async () => {
  college = await startCollege({ log });
  await college.bring('archive', 'students', roll);
  await bringReferences(college);
  await bringFacts(college, STUDENTS, markerWord);
  await bringLife(college, STUDENTS, markerWord);
  schema = await schemaOf(college);
  const rules = `{ catalogue ${selectAll(schema, 'CatalogueItem')}
    codeSets ${selectAll(schema, 'CodeSet')} indicators ${selectAll(schema, 'Indicator')}
    providers { nodes ${selectAll(schema, 'Provider')} } }`;
  const { data } = await college.request(null, rules);
  const enums = Object.values(schema.getTypeMap()).filter(isEnumType);
  const codes = enums.flatMap((type) => type.getValues().map(({ name }) => name));
  // Days by which the year's collection is due, too.
  const due = `{ a: collectionStatus(year: 2024, first: 100) { nodes { dueOn } }
    b: collectionStatus(year: 2025, first: 100) { nodes { dueOn } } }`;
  const { data: calendar } = await college.request('T0902', due);
  const open = [...leavesOf(data), ...leavesOf(calendar)].map(String);
  const known = [...open, ...codes, ...groupNames];
  canaries = await placeCanaries(college, STUDENTS, known);
  for (const { 学号: studentNo, 证件号码: value } of roll) {
    const place = { office: 'archive', table: 'student', column: 'id_number', row: {} };
    canaries = [...canaries, { value, studentNo, places: [place] }];
  }
  byValue = new Map(canaries.map((canary) => [canary.value, canary]));
  lines.splice(0);
});
afterAll(() => college.stop());

const described = ({ value, studentNo, places }: Canary): string =>
  `${value} of ${studentNo}: ${places.map(({ table, column }) => `${table}.${column}`).join()}`;

test('every office holds canaries, and the student reads of each what is his', () => {
  const offices = new Set(canaries.flatMap(({ places }) => places.map(({ office }) => office)));
  expect([...offices].toSorted()).toEqual(OFFICES.map(({ name }) => name).toSorted());
  // The owner of a value reads it: else nothing would be proven by not finding it elsewhere.
  const shown = canaries.filter((canary) => isAllowed('STU_SELF', canary));
  expect(new Set(shown.flatMap(({ places }) => places.map(({ office }) => office)))).toEqual(
    offices,
  );
});

/** Canaries of which a text is made: leaves that are one, and what stands anywhere in it. */
function canariesIn(text: string, leaves: readonly unknown[]): Canary[] {
  const found = new Set<Canary>();
  for (const leaf of leaves) {
    const canary = byValue.get(String(leaf));
    if (canary) found.add(canary);
  }
  for (const [marker] of text.matchAll(/cny\d+x/g)) {
    const canary = byValue.get(marker);
    if (canary) found.add(canary);
  }
  return [...found];
}

const leavesOf = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [value];

/** What opens one student, however many lists lie below (DOMAIN 3.3). */
const SINGLE = ['student', 'me', 'caseDossier', 'caseDossiers', 'employerReport'];
/** DOMAIN 3.3: of tuition a list shows the category only. */
const LISTED_PARTS = ['Student.arrears', 'Arrears.category'];

const isShutInLists = (type: string, field: string): boolean =>
  (groupsOf(type, field) ?? []).some((group) => !mayBeListed(group)) &&
  !LISTED_PARTS.includes(`${type}.${field}`);

/** Fields of the answer that hold something, though the tables shut them for the role. */
function shutFields(role: string, query: string, data: unknown): string[] {
  const found: string[] = [];
  /** @param at  Whether one student was opened, and else whether this is inside one of a list. */
  const look = (
    set: SelectionSetNode,
    general: GraphQLCompositeType,
    values: unknown,
    at: { isSingle: boolean; isListed: boolean },
  ): void => {
    if (Array.isArray(values)) return values.forEach((one) => look(set, general, one, at));
    if (typeof values !== 'object' || values === null) return;
    const { __typename: own = general.name } = values as Record<string, unknown>;
    const type = schema.getType(String(own));
    if (!isObjectType(type)) throw new Error(`Of what type is this ${general.name}?`);
    const isListed = at.isListed || (type.name === 'Student' && !at.isSingle);
    for (const node of set.selections) {
      if (node.kind === Kind.INLINE_FRAGMENT && node.typeCondition?.name.value === type.name)
        look(node.selectionSet, type, values, at);
      if (node.kind !== Kind.FIELD || node.name.value.startsWith('__')) continue;
      const { [(node.alias ?? node.name).value]: value } = values as Record<string, unknown>;
      if (value === null || value === undefined) continue;
      const name = node.name.value;
      const isShut = groupsOf(type.name, name) && !mayShow(role, type.name, name);
      if (isShut || (isListed && isShutInLists(type.name, name)))
        found.push(`${type.name}.${name}`);
      const below = getNamedType(type.getFields()[name]?.type);
      const isSingle = at.isSingle || (type.name === 'Query' && SINGLE.includes(name));
      if (node.selectionSet && isCompositeType(below))
        look(node.selectionSet, below, value, { isSingle, isListed });
    }
  };
  const root = schema.getQueryType();
  for (const definition of parse(query).definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION && root)
      look(definition.selectionSet, root, data, { isSingle: false, isListed: false });
  return found;
}

/** What an office did not write down, since the archive had: by request, student and group. */
const left = new Map<string, LeftToArchive>();
const keepLeft = (message: unknown): void => {
  const one = message as LeftToArchive;
  const key = [one.requestId, one.studentNo, one.group, one.effect].join();
  left.set(key, one);
};

/** Canaries that somebody was shown. */
const seen = new Set<Canary>();

/** What one call showed, as the archive keeps it. */
interface Written {
  readonly requestId: string;
  readonly studentNo: string;
  readonly allowed: readonly string[];
  readonly masked: readonly string[];
  readonly denied: readonly string[];
}

interface Requested {
  readonly caller: (typeof CALLERS)[number];
  readonly operation: Operation;
}

/** Request, and return what of the answer should not be there. */
async function leaksOf({ caller: [role, person, named], operation }: Requested): Promise<string[]> {
  const bearer = person ? { authorization: `Bearer ${await college.token(person)}` } : {};
  const answer = await request(college.gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer, ...named },
    body: JSON.stringify(operation),
  });
  const body = await answer.body.text();
  const { data, errors = [] } = JSON.parse(body) as Answer;
  const whole = `${body} ${JSON.stringify(answer.headers)}`;
  const inErrors = JSON.stringify(errors);
  const shown = canariesIn(whole, leavesOf(data));
  for (const canary of shown) seen.add(canary);
  const inMessages = canaries.filter(({ value }) => value.length > 5 && inErrors.includes(value));
  return [
    ...[...shown.filter((one) => !isAllowed(role, one)), ...inMessages].map(described),
    ...shutFields(role, operation.query, data).map((name) => `${name} is not null`),
  ].map((leak) => `${role}: ${leak}`);
}

test(
  'whatever is selected by whomever, nothing that the tables shut stands in the answer',
  async () => {
    const texts: Readonly<Record<string, readonly string[]>> = {
      studentNo: [...STUDENTS, '2099999999'],
      consentId: ['CS-B-1', 'CS-B-3', 'CS-T-1', 'CS-REPORT', 'CS-X'],
      caseId: ['EC-AWARD', 'EC-PARTY', 'EC-AID', 'EC-EMPLOY', 'EC-APPEAL', 'EC-X'],
      name: roll.map((row) => row['姓名'] ?? ''),
      classCode: ['20240103', '20250204'],
      college: ['C01', 'C02'],
    };
    const requests = fc.record({
      caller: fc.constantFrom(...CALLERS),
      operation: operations(schema, (name) => texts[name] ?? ['x', 'BILL-1-A', '2025-1']),
    });
    const some = fc.array(requests, { minLength: AT_ONCE, maxLength: AT_ONCE });
    let answered = 0;
    LEFT_TO_ARCHIVE.subscribe(keepLeft);
    await fc.assert(
      fc.asyncProperty(some, async (batch) => {
        const valid = batch.filter(
          ({ operation }) => validate(schema, parse(operation.query)).length === 0,
        );
        answered += valid.length;
        const leaks = await Promise.all(valid.map(leaksOf));
        expect(leaks.flat()).toEqual([]);
      }),
      { numRuns: OPERATIONS / AT_ONCE, seed: SEED },
    );
    // Chance alone need not select a group that two offices decide on, and shut.
    const query = `{ student(studentNo: "${STUDENTS[0]}") { studentNo
      academicSummary ${selectAll(schema, 'AcademicSummary')} } }`;
    for (const caller of CALLERS.filter(([role]) => role === 'SCHOOL_ADMIN'))
      expect(await leaksOf({ caller, operation: { query, variables: {} } })).toEqual([]);
    LEFT_TO_ARCHIVE.unsubscribe(keepLeft);
    const open = canaries.filter((one) => CALLERS.some(([role]) => isAllowed(role, one)));
    process.stdout.write(
      `seed ${SEED}: ${answered} operations; of ${canaries.length} canaries ${open.length} may be seen by somebody, ${seen.size} were\n`,
    );
  },
  TIME_AT_MOST_MS,
);

test('what the offices leave to the archive stands in its log, as open or more so (INV-12)', async () => {
  const rows = await asOwner<Written>(
    college,
    'archive',
    `select request_id as "requestId", student_no as "studentNo", allowed, masked, denied
     from access_event join access_event_part on event_id = id where student_no <> ''`,
  );
  const written = Map.groupBy(rows, ({ requestId, studentNo }) => `${requestId} ${studentNo}`);
  const effectOf = ({ requestId, studentNo, group }: LeftToArchive): AccessEffect | undefined => {
    const parts = written.get(`${requestId} ${studentNo}`) ?? [];
    const isIn = (name: 'allowed' | 'masked' | 'denied') =>
      parts.some((part) => part[name].includes(group));
    if (isIn('allowed')) return 'ALLOW';
    if (isIn('masked')) return 'MASK';
    return isIn('denied') ? 'DENY' : undefined;
  };
  const less = [...left.values()].filter((one) => {
    const effect = effectOf(one);
    return effect === undefined || moreOpen(effect, one.effect) !== effect;
  });

  expect(less).toEqual([]);
  expect(new Set([...left.values()].map(({ effect }) => effect))).toEqual(
    new Set(['ALLOW', 'MASK', 'DENY']),
  );
});

test('no canary stands in any line of any log (3.7(8))', () => {
  const text = lines.map((line) => JSON.stringify(line)).join('\n');
  expect(
    canaries.filter(({ value }) => value.length > 5 && text.includes(value)).map(described),
  ).toEqual([]);
});

const FOUND_BY_ACADEMICS = [
  'id',
  'occurred_on',
  'finding_body',
  'decision_doc_no',
  'decided_on',
  'notice_delivered_on',
  // Who decides on no appeal against it (INV-02).
  'recorded_by',
  'approved_by',
].map((column) => `academics.exam_violation.${column}`);
const FOUND_BY_SECURITY = [
  'id',
  'authority',
  'doc_no',
  'legal_basis',
  'act_on',
  'notified_on',
  'found_on',
  'recorded_by',
  'approved_by',
].map((column) => `security.law_violation.${column}`);
const GOOD = ['cadre_post', 'practice_record', 'volunteer_hours'].flatMap((table) =>
  ['id', 'from_on', 'to_on', 'practised_on', 'confirmed_on', 'hours'].map(
    (column) => `youthleague.${table}.${column}`,
  ),
);
const CONSENTED = ['consent_id', 'granted_at', 'expires_at', 'withdrawn_at'].map(
  (column) => `archive.consent.${column}`,
);
/** On which day a bill was settled (4.5). */
const SETTLED = ['finance.bill.bill_no', 'finance.payment.bill_no', 'finance.payment.paid_on'];
const ON_THE_ROLL = ['archive.student.name'];
/** A token stands for the caller; a provider reads by a consent. */
const CALLER = ['archive.report_token.id', 'archive.consent.consent_id'];

/**
 * What feeds may publish, by topic of one office or of all, and where it may stand then
 * (ARCHITECTURE §5). All name students.
 */
const PUBLISHED: Readonly<Record<string, readonly string[]>> = {
  access: CALLER,
  // Numbers of before, by which rows move to the one that holds (F-07).
  'archive roster': [...ON_THE_ROLL, 'archive.student_alias.old_no'],
  'archive consent': CONSENTED,
  'academics finding': FOUND_BY_ACADEMICS,
  'security finding': FOUND_BY_SECURITY,
  'finance settlement': SETTLED,
  'youthleague good': GOOD,
};
const HELD: Readonly<Record<string, readonly string[]>> = {
  roster: ON_THE_ROLL,
  'archive conduct_record': [...FOUND_BY_ACADEMICS, ...FOUND_BY_SECURITY],
  'archive parked_event': [...FOUND_BY_ACADEMICS, ...FOUND_BY_SECURITY, ...GOOD],
  'archive good_record': GOOD,
  'archive settlement': SETTLED,
  'thirdparty consent': CONSENTED,
};

const columnsOf = ({ places }: Canary): string[] =>
  places.map(({ office, table, column }) => `${office}.${table}.${column}`);

/** Canaries of a row that stand in none of the columns that may be there. */
const strayIn = (row: object, allowed: readonly string[]): Canary[] =>
  canariesIn(JSON.stringify(row), leavesOf(row)).filter(
    (canary) =>
      !STUDENTS.includes(canary.value) && !columnsOf(canary).some((name) => allowed.includes(name)),
  );

test('a feed publishes nothing but what its topic says', async () => {
  const strays: string[] = [];
  for (const { name: office, publishes } of await loadOffices()) {
    const events = await published(college, office, ...Object.keys(publishes));
    for (const { topic, ...event } of events)
      for (const canary of strayIn(
        event,
        PUBLISHED[`${office} ${topic}`] ?? PUBLISHED[topic] ?? [],
      ))
        strays.push(`${office} publishes under ${topic}: ${described(canary)}`);
  }
  expect([...new Set(strays)].toSorted()).toEqual([]);
});

/** What names a record in the key of its events. */
const NAMES = [
  ...CONSENTED,
  ...SETTLED,
  ...FOUND_BY_ACADEMICS,
  ...FOUND_BY_SECURITY,
  ...GOOD,
].filter((column) => /\.(id|consent_id|bill_no)$/.test(column));

test('no outbox holds a value, in whatever column: it names records (3.6)', async () => {
  const strays: string[] = [];
  const topics: string[] = [];
  for (const { name: office } of OFFICES) {
    const rows = await asOwner<{ topic: string; row: object }>(
      college,
      office,
      // The number of a transaction may have the digits of a canary.
      `select topic, to_jsonb(t) - 'xid' as row from outbox t`,
    );
    for (const { topic, row } of rows) {
      topics.push(`${office} ${topic}`);
      for (const canary of strayIn(row, NAMES))
        strays.push(`${office} holds of ${topic}: ${described(canary)}`);
    }
  }
  expect([...new Set(strays)].toSorted()).toEqual([]);
  // Who is to be notified is published by changes alone, which nobody makes here (outbox.test.ts);
  // backups are reported by a job.
  const { notice: _, backup: __, ...usual } = OFFICE_TOPICS;
  const ofEach = OFFICES.filter(({ name }) => name !== 'archive').flatMap(({ name }) =>
    Object.keys(usual).map((topic) => `${name} ${topic}`),
  );
  const further = [
    'academics finding',
    'archive birthDate',
    'archive consent',
    'archive excuse',
    'archive roster',
    'finance settlement',
    'security finding',
    'youthleague good',
  ];
  expect([...new Set(topics)].toSorted()).toEqual([...ofEach, ...further].toSorted());
});

test('an office holds nothing of another office but what that one publishes', async () => {
  const strays: string[] = [];
  for (const { name: office } of OFFICES) {
    const tables = await asOwner<{ table: string }>(
      college,
      office,
      `select table_name as table from information_schema.tables
       where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    for (const { table } of tables) {
      // The tests before this one read it.
      if (table === 'outbox') continue;
      const rows = await asOwner<{ row: object }>(
        college,
        office,
        `select to_jsonb(t) as row from ${table} t`,
      );
      const allowed = HELD[`${office} ${table}`] ?? HELD[table] ?? [];
      for (const { row } of rows)
        for (const canary of strayIn(row, allowed))
          if (!canary.places.some((place) => place.office === office))
            strays.push(`${office} holds in ${table}: ${described(canary)}`);
    }
  }
  expect([...new Set(strays)].toSorted()).toEqual([]);
});
