/**
 * Every cell of the privacy matrix, asked through the gateway on a student in scope and on one out of
 * scope, and once more straight at each office (DOMAIN 3.3). A cell is proved when a field of its
 * group was selected and answered as the tables say; the run prints how many are.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import { OFFICES } from '@chengxin/gateway/offices';
import type { Identity } from '@chengxin/kit/identity';
import { GROUPS, isAboutStudent, type Group } from '@chengxin/kit/privacy/groups';
import { purposesOf } from '@chengxin/kit/privacy/purposes';
import type { Role } from '@chengxin/kit/privacy/roles';
import { buildASTSchema, parse, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ASKERS, bringReferences, STUDENT } from '../support/askers.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { asOwner } from '../support/sql.js';
import { askOffice, entities, GRAPH, postOffice, REFUSED } from '../support/straight.js';
import { bringFacts } from '../support/student-facts.js';
import {
  cellOf,
  expectedOf,
  maskedOf,
  GROUPS_OF_THE_MATRIX,
  isOpenCell,
  ROLES_OF_THE_MATRIX,
  type Expected,
} from './matrix/cells.js';
import { outcomesAt, type Outcome } from './matrix/outcome.js';
import { selectionOf, walk, type Spot } from './matrix/walk.js';

const SUBGRAPHS = join(import.meta.dirname, '../../subgraphs');

/** In another college and class, and in no case. */
const OUTSIDE = '2024020111';

/** Groups of which no field can be asked yet. Shorten it; it never grows. */
const NO_FIELD_YET: readonly string[] = [];
/** Roles that reach this student by no fact of the fixture, though their cell is open. */
const UNREACHED: readonly string[] = [
  'TPC_INST',
  'PROV_CONN',
  'RDO_STAFF',
  'DIS_OFFICER',
  'AEO_STAFF',
];
/**
 * Withheld though the mask table has no row for them: of a provider's rows the auditor reads metadata
 * alone (note 16), which the office applies itself.
 */
const WITHHELD: readonly string[] = ['contractNoMasked', 'settled', 'state'].map(
  (field) => `AUDITOR LoanPerformance.${field}`,
);
/** Notes that hang on a reference of the request or on a consent, which these askers do not bring. */
const UNMET = new Set(['9', '13', '33']);

const load = (file: string): GraphQLSchema =>
  buildASTSchema(parse(readFileSync(file, 'utf8')), { assumeValidSDL: true });
const schema = load(SUPERGRAPH_FILE);
const ofStudent = walk(schema, 'Student');
const OF = (studentNo: string, spots: readonly Spot[]) =>
  `{ student(studentNo: "${studentNo}") ${selectionOf(spots)} }`;
const OF_STUDENT = (studentNo: string) => OF(studentNo, ofStudent);

const met =
  (holds: ReadonlySet<string> = new Set()) =>
  (note: string): boolean =>
    !UNMET.has(note) || holds.has(note);

/** Groups about no student, asked at the root. */
const isAboutNobody = (group: string): boolean => !isAboutStudent(group as Group);
const ofNobody = walk(schema, 'Query').filter(
  ({ field, policies }) => field !== 'me' && policies.length > 0 && policies.every(isAboutNobody),
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
function wrongIn(role: string, outcome: Outcome, isMet: (note: string) => boolean): string[] {
  const { spot, path, isReached, refusals, values } = outcome;
  const withheld = WITHHELD.includes(`${role} ${spot.type}.${spot.field}`);
  const expected = withheld
    ? maskedOf(role, spot.policies[0] ?? '')
    : expectedOf(role, spot.policies, spot.type, spot.field, isMet);
  const wanted = expected ? [text(expected)] : [];
  const isRight = refusals.every((one) => wanted.includes(one));
  const isSaid = !isReached || refusals.length === wanted.length;
  const isShut = !expected || values.length === 0;
  if (isRight && isSaid && isShut) return [];
  return [`${path}: ${refusals.join() || 'no refusal'} instead of ${wanted.join() || 'none'}`];
}

/** Write down what the outcomes of a role prove. */
function note(role: string, outcomes: readonly Outcome[], isMet: (note: string) => boolean): void {
  for (const { spot, isReached, refusals } of outcomes)
    for (const group of spot.policies) {
      if (group === 'AUTHENTICATED') continue;
      const isOpen = isOpenCell(role, group) && isMet(cellOf(role, group).note);
      if (isReached && isOpen && !refusals.length) prove(role, group, 'proved');
      if (!isOpen && refusals.some((one) => one.includes(`"${group}"`)))
        prove(role, group, isOpenCell(role, group) ? 'refused only' : 'proved');
    }
}

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  await bringReferences(college);
  await bringFacts(college, [STUDENT, OUTSIDE]);
});
afterAll(async () => {
  await college.stop();
  print();
});

/** How far the proof goes, group by group. */
function print(): void {
  const lines = GROUPS.map((group) => {
    const count = (as: Standing | undefined) =>
      ROLES_OF_THE_MATRIX.filter((role) => standing.get(`${role} ${group}`) === as).length;
    const cells = [count('proved'), count('refused only'), count(undefined)];
    return [group.padEnd(22), ...cells.map((n) => String(n).padStart(8))].join('');
  });
  const head = ['group'.padEnd(22), '  proved', ' refused', ' nothing'].join('');
  process.stdout.write(`\n${[head, ...lines].join('\n')}\n`);
}

const reaches = (role: string): boolean =>
  isOpenCell(role, 'IDENTITY') && !UNREACHED.includes(role);

const NOT_FOUND = { data: { student: null }, codes: ['NOT_FOUND'] };
/** The asker as the gateway would sign him, asking for every group. */
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

/** Ask an office straight, with the archive's decision where it is not the archive. */
async function askStraight(
  office: string,
  spots: readonly Spot[],
  identity: Identity,
): Promise<Outcome[]> {
  const asked = (query: string) => JSON.stringify({ query });
  if (office === 'archive') {
    const answer = await askOffice(college, office, identity, asked(OF(STUDENT, spots)));
    return outcomesAt(answer as Answer, spots, 'student');
  }
  const decided = asked(`{ student(studentNo: "${STUDENT}") { access } }`);
  const { data } = (await askOffice(college, 'archive', identity, decided)) as Answer;
  const { access } = data?.['student'] as { access: string };
  const body = entities(selectionOf(spots).slice(1, -1), { studentNo: STUDENT, access });
  const answer = await askOffice(college, office, identity, body);
  return outcomesAt(answer as Answer, spots, '_entities');
}

const found = ({ data, errors = [] }: Answer) => ({
  data,
  codes: errors
    .filter(({ path }) => path?.length === 1)
    .map(({ extensions }) => extensions['code']),
});

test('the matrix of the test is the matrix of the product', () => {
  expect(GROUPS_OF_THE_MATRIX).toEqual([...GROUPS]);
  expect(ROLES_OF_THE_MATRIX.toSorted()).toEqual(
    [...new Set(ASKERS.map(([role]) => role as string))].toSorted(),
  );
});

/** Roles to whom every student of this college is in scope. */
const isEverywhere = (role: string): boolean =>
  ['SCHOOL_ADMIN', 'AUDITOR'].includes(role) || /_(CLERK|REVIEWER)$/.test(role);

const groupsIn = (spots: readonly Spot[]): string[] =>
  spots.flatMap(({ policies, inner }) => [...policies, ...groupsIn(inner)]);

describe.each(ASKERS)('%s', (role, person, headers) => {
  test('a student in scope: every field as its cells say', async () => {
    const answer = await college.ask(person, OF_STUDENT(STUDENT), { headers });
    if (!reaches(role)) {
      expect(found(answer)).toEqual(NOT_FOUND);
      for (const group of groupsIn(ofStudent)) prove(role, group, 'refused only');
      return;
    }
    expect(answer.data?.['student']).not.toBeNull();
    const outcomes = outcomesAt(answer, ofStudent, 'student');
    expect(outcomes.flatMap((outcome) => wrongIn(role, outcome, met()))).toEqual([]);
    note(role, outcomes, met());
  });

  test('a student out of scope: not found, whatever is asked', async () => {
    const answer = await college.ask(person, OF_STUDENT(OUTSIDE), { headers });
    if (reaches(role) && isEverywhere(role)) {
      const outcomes = outcomesAt(answer, ofStudent, 'student');
      expect(outcomes.flatMap((outcome) => wrongIn(role, outcome, met()))).toEqual([]);
    } else expect(found(answer)).toEqual(NOT_FOUND);
  });

  test('what is closed or sealed leaves no trace where its group is shut (3.7(15))', async () => {
    const answer = JSON.stringify(await college.ask(person, OF_STUDENT(STUDENT), { headers }));
    const isClosedOpen =
      reaches(role) &&
      isOpenCell(role, 'CLOSED_CONDUCT') &&
      !UNMET.has(cellOf(role, 'CLOSED_CONDUCT').note);
    expect(answer.includes('LIFTED')).toBe(isClosedOpen);
    expect(answer.includes('SEALED')).toBe(false);
  });

  test('the groups about no student: every root field as its cell says', async () => {
    const answer = await college.ask(person, `query ${selectionOf(ofNobody)}`, { headers });
    const outcomes = outcomesAt(answer, ofNobody, '');
    expect(outcomes.flatMap((outcome) => wrongIn(role, outcome, met()))).toEqual([]);
    note(role, outcomes, met());
  });

  test('straight at each office: refused without a call context, the same effect with one', async () => {
    for (const [office, spots] of officeSpots) {
      const body = JSON.stringify({ query: '{ __typename }' });
      expect(await postOffice(college, office, GRAPH, body)).toEqual(REFUSED);
      if (!reaches(role)) continue;
      const outcomes = await askStraight(office, spots, await identityOf(role, person, headers));
      expect(outcomes.flatMap((outcome) => wrongIn(role, outcome, met()))).toEqual([]);
    }
  });
});

test('every cell is proved, but for the groups that have no field yet', () => {
  const missing = GROUPS.filter((group) =>
    ROLES_OF_THE_MATRIX.every((role) => !standing.has(`${role} ${group}`)),
  );
  expect(missing).toEqual(NO_FIELD_YET);
});
