/**
 * Every cell of the privacy matrix, requested through the gateway on a student in scope, on one out
 * of scope and on one whose records are disputed, repaired, lifted or sealed, and once more
 * straight at each office (DOMAIN 3.3). A cell is proved when a field of its group was selected and
 * answered as the tables say; the run prints how many are.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import { OFFICES } from '@chengxin/gateway/offices';
import type { Identity } from '@chengxin/kit/call/identity';
import { GROUPS, isAboutStudent, type Group } from '@chengxin/kit/privacy/groups';
import { purposesOf } from '@chengxin/kit/privacy/purposes';
import type { Role } from '@chengxin/kit/privacy/roles';
import { buildASTSchema, parse, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hardship, round } from '../archive/own-rows.js';
import { StudentRows } from '../archive/procedure-rows.js';
import { liveThrough } from '../archive/whole-life.js';
import { CALLERS, bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { asOwner } from '../support/sql.js';
import { callOffice, entities, GRAPH, postOffice, REFUSED } from '../support/straight.js';
import { bringFacts } from '../support/student-facts.js';
import {
  CLOSED_FIELDS,
  expectedOf,
  isOpenCell,
  maskedOf,
  sealedOf,
  type Expected,
} from './matrix/cells.js';
import { outcomesAt, type Outcome } from './matrix/outcome.js';
import { selectionOf, walk, type Spot } from './matrix/walk.js';
import { cellOf, groupNames, roleNames, shownTo } from './reviewed.js';

const SUBGRAPHS = join(import.meta.dirname, '../../subgraphs');

/** In another college and class, and in no case. */
const OUTSIDE = '2024020111';

const APPEAL = '00000000-0000-4000-8000-000000000001';
const school = new StudentRows(() => college, STUDENT);
/** A locked run with a released table of one cell, and a teacher's archive. */
const RELEASED = `
  insert into evaluation_run (run_id, period, rule_set, cut_off_at, kind, state, locked_at,
    recorded_by, recorded_at, approved_by, approved_at)
  values ('2025H2', '2025H2', 'CR-2026.1', '2026-01-31T00:00:00Z', 'OFFICIAL', 'LOCKED',
    '2026-02-20T00:00:00Z', 'T0001', '2026-02-01T00:00:00Z', 'T0002', '2026-02-20T00:00:00Z');
  insert into statistic_release (run_id, state, recorded_by, recorded_at, approved_by, approved_at)
  values ('2025H2', 'RELEASED', 'T0001', '2026-02-21T00:00:00Z', 'T0002', '2026-02-22T00:00:00Z');
  insert into privacy_spending (run_id, table_name, epsilon, spent_at)
  values ('2025H2', 'GRADE', 100, '2026-02-22T00:00:00Z');
  insert into released_statistic (run_id, table_name, group_by, position, keys, value, half_width)
  values ('2025H2', 'GRADE', 'COLLEGE', 0, '[{"name":"COLLEGE","value":"C01"}]', 120, 6);
  insert into teacher_archive (staff_no, opened_on, state) values ('T0110', '2023-09-01', 'OPEN')`;

/** Groups of which no field can be selected yet. Shorten it; it never grows. */
const NO_FIELD_YET: readonly string[] = [];
/** Roles that reach this student by no fact of the fixture, though their cell is open. */
const UNREACHED: readonly string[] = ['TPC_INST'];
/**
 * Withheld though the mask table has no row for them: of a provider's rows the auditor reads metadata
 * alone (note 16), which the office applies itself.
 */
const WITHHELD: readonly string[] = ['contractNoMasked', 'settled', 'state'].map(
  (field) => `AUDITOR LoanPerformance.${field}`,
);
/** Notes that hang on a reference of the request or on a consent, which these callers do not bring. */
const UNMET = new Set(['9', '13', '33']);

const load = (file: string): GraphQLSchema =>
  buildASTSchema(parse(readFileSync(file, 'utf8')), { assumeValidSDL: true });
const schema = load(SUPERGRAPH_FILE);
const ofStudent = walk(schema, 'Student');
const OF = (studentNo: string, spots: readonly Spot[]) =>
  `{ student(studentNo: "${studentNo}") ${selectionOf(spots)} }`;
const OF_STUDENT = (studentNo: string) => OF(studentNo, ofStudent);

const met =
  (holds?: string) =>
  (note: string): boolean =>
    !UNMET.has(note) || note === holds;

/** Groups about no student, selected at the root. */
const isAboutNobody = (group: string): boolean => !isAboutStudent(group as Group);
const ofNobody = walk(schema, 'Query').filter(
  ({ policies }) =>
    policies.length > 0 && !policies.includes('AUTHENTICATED') && policies.every(isAboutNobody),
);
/** What each office itself serves of a student. */
const officeSpots: readonly (readonly [office: string, spots: Spot[]])[] = OFFICES.map(
  ({ name }) => [name, walk(load(join(SUBGRAPHS, name, 'schema.graphql')), 'Student')],
);

type Standing = 'proved' | 'refused only';
const standing = new Map<string, Standing>();
const prove = (role: string, group: string, as: Standing) => {
  if (standing.get(`${role} ${group}`) !== 'proved') standing.set(`${role} ${group}`, as);
};

const text = (one: Expected): string => JSON.stringify(one, Object.keys(one).toSorted());

/** What is wrong with an outcome, or nothing. */
function wrongIn(
  role: string,
  outcome: Outcome,
  isMet: (note: string) => boolean,
  areSealed: boolean,
): string[] {
  const { spot, path, isReached, refusals, values } = outcome;
  const withheld = WITHHELD.includes(`${role} ${spot.type}.${spot.field}`);
  const expected = withheld
    ? maskedOf(role, spot.policies[0] ?? '')
    : (expectedOf(role, spot.policies, spot.type, spot.field, isMet) ??
      (areSealed ? sealedOf(role, spot.type, spot.field) : undefined));
  // Whether a text is closed hangs on its row: its refusal may be said, and no other.
  const isClosed = CLOSED_FIELDS.includes(`${spot.type}.${spot.field}`) && refusals.length > 0;
  const said = expected ?? (isClosed ? maskedOf(role, spot.policies[0] ?? '') : undefined);
  const wanted = said ? [text(said)] : [];
  const isRight = refusals.every((one) => wanted.includes(one));
  const isSaid = !isReached || refusals.length === wanted.length;
  const isShut = !expected || values.length === 0;
  if (isRight && isSaid && isShut) return [];
  return [`${path}: ${refusals.join() || 'no refusal'} instead of ${wanted.join() || 'none'}`];
}

/** Write down what the outcomes of a role prove. */
function note(role: string, outcomes: readonly Outcome[], isMet: (note: string) => boolean): void {
  const refused = outcomes.filter(({ refusals }) => refusals.length > 0);
  for (const { spot, path, isReached, refusals } of outcomes)
    for (const group of spot.policies) {
      if (group === 'AUTHENTICATED') continue;
      const isOpen = isOpenCell(role, group) && isMet(cellOf(role, group).note);
      if (isReached && isOpen && !refusals.length) prove(role, group, 'proved');
      if (!isOpen && refusals.some((one) => one.includes(`"${group}"`)))
        prove(role, group, isOpenCell(role, group) ? 'refused only' : 'proved');
      // What stands below a refused entrance is refused with it.
      if (!isOpen && refused.some((entrance) => path.startsWith(`${entrance.path}.`)))
        prove(role, group, 'refused only');
    }
}

let college: TestCollege;
/** Numbers of the student's records that count, before any of them moves. */
let counted: readonly string[];
beforeAll(async () => {
  college = await startCollege();
  await bringReferences(college);
  await bringFacts(college, [STUDENT, OUTSIDE]);
  await liveThrough(college, STUDENT);
  await college.bring('archive', 'aid', [hardship()]);
  await college.bring('archive', 'aid-rounds', [round()]);
  await school.appeal('OWN', 1, 'SAO', ['IDENTITY'], { id: APPEAL, handler_no: 'T0001' });
  await asOwner(college, 'archive', RELEASED);
  const rows = await asOwner<{ id: string }>(
    college,
    'archive',
    `select id from conduct_record where student_no = $1 and state in ('ACTIVE', 'MITIGATED')`,
    [STUDENT],
  );
  counted = rows.map(({ id }) => id);
});
afterAll(async () => {
  await college.stop();
  print();
});

/** How far the proof goes, group by group. */
function print(): void {
  const lines = GROUPS.map((group) => {
    const count = (as: Standing | undefined) =>
      roleNames.filter((role) => standing.get(`${role} ${group}`) === as).length;
    const cells = [count('proved'), count('refused only'), count(undefined)];
    return [group.padEnd(22), ...cells.map((n) => String(n).padStart(8))].join('');
  });
  const head = ['group'.padEnd(22), '  proved', ' refused', ' nothing'].join('');
  process.stdout.write(`\n${[head, ...lines].join('\n')}\n`);
}

const reaches = (role: string): boolean =>
  isOpenCell(role, 'IDENTITY') && !UNREACHED.includes(role);

const isClosedOpen = (role: string): boolean =>
  isOpenCell(role, 'CLOSED_CONDUCT') && !UNMET.has(cellOf(role, 'CLOSED_CONDUCT').note);

const NOT_FOUND = { data: { student: null }, codes: ['NOT_FOUND'] };
/** The caller as the gateway would sign him, selecting every group. */
async function identityOf(
  role: Role,
  person: string | null,
  headers: Record<string, string>,
): Promise<Identity> {
  const held = await asOwner<{ org: string }>(
    college,
    'archive',
    'select org_code as org from admin_grant where staff_no = $1 and role = $2',
    [person, role],
  );
  const purpose = headers['x-purpose'] ?? purposesOf(role)[0]?.name ?? '';
  return {
    ...importer(
      person ?? 'public',
      role,
      held.map(({ org }) => org),
    ),
    purpose,
    groups: [...GROUPS],
    ...(headers['x-case'] && { caseId: headers['x-case'] }),
    ...(headers['x-reference'] && { reference: headers['x-reference'] }),
    ...(role === 'STU_SELF' && { studentNo: STUDENT }),
  };
}

/** Call an office straight, with the archive's decision where it is not the archive. */
async function requestStraight(
  office: string,
  spots: readonly Spot[],
  identity: Identity,
): Promise<Outcome[]> {
  const bodyOf = (query: string) => JSON.stringify({ query });
  if (office === 'archive') {
    const answer = await callOffice(college, office, identity, bodyOf(OF(STUDENT, spots)));
    return outcomesAt(answer as Answer, spots, 'student');
  }
  const decided = bodyOf(`{ student(studentNo: "${STUDENT}") { access } }`);
  const { data } = (await callOffice(college, 'archive', identity, decided)) as Answer;
  const { access } = (data?.['student'] ?? {}) as { access?: string };
  const body = entities(selectionOf(spots).slice(1, -1), { studentNo: STUDENT, access });
  const answer = await callOffice(college, office, identity, body);
  return outcomesAt(answer as Answer, spots, '_entities');
}

const found = ({ data, errors = [] }: Answer) => ({
  data,
  codes: errors
    .filter(({ path }) => path?.length === 1)
    .map(({ extensions }) => extensions['code']),
});

test('the matrix of the test is the matrix of the product', () => {
  expect(groupNames).toEqual([...GROUPS]);
  expect(roleNames.toSorted()).toEqual(
    [...new Set(CALLERS.map(([role]) => role as string))].toSorted(),
  );
});

/** Roles to whom every student of this college is in scope. */
const isEverywhere = (role: string): boolean =>
  ['SCHOOL_ADMIN', 'AUDITOR'].includes(role) || /_(CLERK|REVIEWER)$/.test(role);

const groupsIn = (spots: readonly Spot[]): string[] =>
  spots.flatMap(({ policies, inner }) => [...policies, ...groupsIn(inner)]);

type Caller = (typeof CALLERS)[number];
const labelled = (callers: readonly Caller[]) =>
  callers.map((caller) => [caller[0], caller] as const);
const REACHING = labelled(CALLERS.filter(([role]) => reaches(role)));
const NEVER = labelled(CALLERS.filter(([role]) => !reaches(role)));
const SEES_OUTSIDE = REACHING.filter(([role]) => isEverywhere(role));
const SEES_NOBODY_OUTSIDE = labelled(CALLERS).filter(
  ([role]) => !(reaches(role) && isEverywhere(role)),
);
const request = ([, person, headers]: Caller, query: string): Promise<Answer> =>
  college.request(person, query, { headers });
const wrong = (
  role: string,
  outcomes: readonly Outcome[],
  holds?: string,
  areSealed = false,
): string[] => outcomes.flatMap((outcome) => wrongIn(role, outcome, met(holds), areSealed));

test.each(REACHING)(
  '%s, a student in scope: every field as its cells say',
  async (role, caller) => {
    const answer = await request(caller, OF_STUDENT(STUDENT));
    expect(answer.data?.['student']).not.toBeNull();
    const outcomes = outcomesAt(answer, ofStudent, 'student');
    expect(wrong(role, outcomes)).toEqual([]);
    note(role, outcomes, met());
  },
);

test.each(NEVER)('%s reaches no student, whatever is selected of one', async (role, caller) => {
  expect(found(await request(caller, OF_STUDENT(STUDENT)))).toEqual(NOT_FOUND);
  for (const group of groupsIn(ofStudent)) prove(role, group, 'refused only');
});

test.each(SEES_NOBODY_OUTSIDE)('%s, a student out of scope: not found', async (_, caller) => {
  expect(found(await request(caller, OF_STUDENT(OUTSIDE)))).toEqual(NOT_FOUND);
});

test.each(SEES_OUTSIDE)(
  '%s, a student elsewhere: every field as its cells say',
  async (role, caller) => {
    const outcomes = outcomesAt(await request(caller, OF_STUDENT(OUTSIDE)), ofStudent, 'student');
    expect(wrong(role, outcomes)).toEqual([]);
  },
);

test.each(labelled(CALLERS))(
  '%s: what is closed or sealed leaves no trace where its group is shut (3.7(15))',
  async (role, caller) => {
    const answer = JSON.stringify(await request(caller, OF_STUDENT(STUDENT)));
    const isOpen = reaches(role) && isClosedOpen(role);
    expect({ closed: answer.includes('LIFTED'), sealed: answer.includes('SEALED') }).toEqual({
      closed: isOpen,
      sealed: false,
    });
  },
);

test.each(labelled(CALLERS))(
  '%s, the groups about no student: every root field as its cell says',
  async (role, caller) => {
    const outcomes = outcomesAt(
      await request(caller, `query ${selectionOf(ofNobody)}`),
      ofNobody,
      '',
    );
    expect(wrong(role, outcomes)).toEqual([]);
    note(role, outcomes, met());
  },
);

test.each(REACHING)('%s, straight at each office: the same effect', async (role, caller) => {
  const identity = await identityOf(...caller);
  for (const [office, spots] of officeSpots)
    expect(wrong(role, await requestStraight(office, spots, identity))).toEqual([]);
});

test('straight at each office without a call context: refused, whatever is selected', async () => {
  for (const [office, spots] of officeSpots) {
    const body = entities(selectionOf(spots).slice(1, -1), { studentNo: STUDENT, access: '' });
    expect(await postOffice(college, office, GRAPH, body)).toEqual(REFUSED);
  }
});

/** Cells that open with a reference of the request, and the note that it meets. */
const REFERENCED: readonly (readonly [note: string, caller: Caller])[] = [
  ['9', ['COUNSELLOR', 'T0101', { 'x-purpose': 'AID_REVIEW', 'x-reference': 'AR-1' }]],
  ['9', ['COLLEGE_ADMIN', 'T0110', { 'x-purpose': 'AID_REVIEW', 'x-reference': 'AR-1' }]],
  ['9', ['SCHOOL_ADMIN', 'T0001', { 'x-purpose': 'AID_REVIEW', 'x-reference': 'AR-1' }]],
  ['13', ['SCHOOL_ADMIN', 'T0001', { 'x-purpose': 'APPEAL', 'x-reference': APPEAL }]],
];

test.each(REFERENCED)('note %s is met by a reference: %s', async (holds, caller) => {
  const [role] = caller;
  const outcomes = outcomesAt(await request(caller, OF_STUDENT(STUDENT)), ofStudent, 'student');
  expect(outcomes.length).toBeGreaterThan(0);
  expect(wrong(role, outcomes, holds)).toEqual([]);
  note(role, outcomes, met(holds));
});

/** Note that the consent of the next test meets from then on. */
const LENT = '33';

test('note 33 is met by a consent that names the school', async () => {
  await school.consent('CS-SCHOOL', 'POSTGRAD_LOAN', { recipient_name: '诚信职业技术学院' });
  const caller = CALLERS.find(([role]) => role === 'SCHOOL_ADMIN') as Caller;
  const outcomes = outcomesAt(await request(caller, OF_STUDENT(STUDENT)), ofStudent, 'student');
  expect(wrong('SCHOOL_ADMIN', outcomes, LENT)).toEqual([]);
  note('SCHOOL_ADMIN', outcomes, met(LENT));
});

/** Whom a record brings before an office or the connector, he is gone with it (notes 8, 12). */
const NEEDS_RECORD = ['DIS_OFFICER', 'PROV_CONN'];

test.each(labelled(CALLERS))(
  '%s, a student whose records are disputed: every field as its cells say',
  async (role, caller) => {
    const move = (disputed: boolean) =>
      asOwner(college, 'archive', `update conduct_record set disputed = ${disputed}`);
    await move(true);
    const answer = await request(caller, OF_STUDENT(STUDENT));
    await move(false);
    const outcomes = outcomesAt(answer, ofStudent, 'student');
    // Nothing disputed is submitted (4.2).
    const isThere = reaches(role) && role !== 'PROV_CONN';
    const isShown = isThere && shownTo(role, 'ConductRecord', 'disputed') === 'VALUE';
    expect({
      wrong: isThere ? wrong(role, outcomes, LENT) : found(answer),
      isShown: JSON.stringify(answer).includes('"disputed":true'),
    }).toEqual({ wrong: isThere ? [] : NOT_FOUND, isShown });
  },
);

/** A sealed record never moves again: it stands last. */
describe.each(['REPAIRED', 'LIFTED', 'SEALED'])('a student whose records are all %s', (state) => {
  beforeAll(async () => {
    const ofStudent = `where student_no = '${STUDENT}'
      and state in ('FOUND', 'ACTIVE', 'MITIGATED', 'REPAIRED', 'LIFTED')`;
    const sealedOn = state === 'SEALED' ? `, sealed_on = '2026-04-01'` : '';
    for (const [office, set] of [
      ['archive', `conduct_record set state = '${state}'`],
      ['academics', `exam_violation set state = '${state}'`],
      ['security', `law_violation set state = '${state}'${sealedOn}`],
    ] as const)
      await asOwner(college, office, `update ${set} ${ofStudent}`);
  });

  test.each(labelled(CALLERS))(
    '%s: every field as its cells say, and no trace where they are shut (3.7(15))',
    async (role, caller) => {
      const answer = await request(caller, OF_STUDENT(STUDENT));
      const isThere = reaches(role) && !NEEDS_RECORD.includes(role);
      const text = JSON.stringify(answer);
      expect({
        wrong: isThere
          ? wrong(role, outcomesAt(answer, ofStudent, 'student'), LENT, state === 'SEALED')
          : found(answer),
        state: text.includes(state),
        // Of a sealed one its office alone discloses it, and not by a number of the archive (T-03).
        isNamed: counted.some((id) => text.includes(id)),
      }).toEqual({
        wrong: isThere ? [] : NOT_FOUND,
        state: isThere && isClosedOpen(role),
        isNamed: isThere && isClosedOpen(role) && state !== 'SEALED',
      });
    },
  );
});
test('every cell is proved, but for the groups that have no field yet', () => {
  const unproved = GROUPS.flatMap((group) =>
    roleNames.filter((role) => !standing.has(`${role} ${group}`)).map((role) => [role, group]),
  );
  expect(unproved.filter(([, group]) => !NO_FIELD_YET.includes(group ?? ''))).toEqual([]);
  expect(new Set(unproved.map(([, group]) => group))).toEqual(new Set(NO_FIELD_YET));
});
