/**
 * Past the gateway, straight at every office: `_entities` and `_service` without a call context,
 * without the archive's decision, and with one that was made for something else (DOMAIN 3.1, 3.7(12)).
 * The fields are those of the supergraph, so that new ones are selected too.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import { randomKey } from '@chengxin/kit/call/crypto';
import type { Identity } from '@chengxin/kit/call/identity';
import { readKeyring, type Keyring } from '@chengxin/kit/call/keyring';
import { writeRuled } from '@chengxin/kit/privacy/decision';
import { GROUPS } from '@chengxin/kit/privacy/groups';
import { Kind, parse, type ObjectTypeDefinitionNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bringReferences, STUDENT } from '../../support/callers.js';
import { startCollege, type Answer, type TestCollege } from '../../support/college.js';
import { importer } from '../../support/imports.js';
import {
  callOffice,
  entities,
  GRAPH,
  postOffice,
  REFUSED,
  errorOf,
  sealedAccess,
  withRuled,
  type SealedAccess,
} from '../../support/straight.js';
import { bringFacts } from '../../support/student-facts.js';
import { CLASSMATE, STUDENTS } from '../allowed.js';
import { cellOf, groupsOf } from '../reviewed.js';
import { partOf } from './attempts.js';

const AT = '2026-04-12T10:00:00+08:00';
const UNTIL = Date.parse(AT) + 5000;
const EVERYTHING = GROUPS.map((group) => `ALLOW=${group}`).join(';');
const NARROW = 'ALLOW=IDENTITY';

/** Entrances of `Student` that each office answers, with the least selection below. */
function entrances(): [office: string, fields: readonly string[]][] {
  const supergraph = parse(readFileSync(SUPERGRAPH_FILE, 'utf8'));
  const types = supergraph.definitions.filter(({ kind }) => kind === Kind.OBJECT_TYPE_DEFINITION);
  const named = (name: string) =>
    (types as ObjectTypeDefinitionNode[]).find((type) => type.name.value === name);
  const byOffice = new Map<string, string[]>();
  for (const field of named('Student')?.fields ?? []) {
    const joined = field.directives?.filter(({ name }) => name.value === 'join__field') ?? [];
    const [graph] = joined.flatMap(({ arguments: given = [] }) =>
      given.flatMap(({ name, value }) =>
        name.value === 'graph' && value.kind === Kind.ENUM ? [value.value.toLowerCase()] : [],
      ),
    );
    if (!graph || joined.length > 1 || field.arguments?.length) continue;
    let type = field.type;
    while (type.kind !== Kind.NAMED_TYPE) type = type.type;
    const isDeep = named(type.name.value) !== undefined;
    const selection = isDeep ? `${field.name.value} { __typename }` : field.name.value;
    byOffice.set(graph, [...(byOffice.get(graph) ?? []), selection]);
  }
  byOffice.delete('archive');
  return [...byOffice];
}
const ENTRANCES = entrances();

let college: TestCollege;
let archive: Keyring;
beforeAll(async () => {
  college = await startCollege({ at: AT });
  await bringReferences(college);
  await bringFacts(college, STUDENTS);
  archive = await readKeyring(college.keys, 'archive');
});
afterAll(() => college.stop());

const admin: Identity = importer('T0001', 'SCHOOL_ADMIN', ['SCHOOL']);

/** The archive's decision, of which every part can be another's. */
const decided = (
  other: {
    studentNo?: string;
    who?: Partial<Identity>;
    rulings?: string;
    keys?: Buffer[];
    until?: number;
    isEnd?: boolean;
  } = {},
): SealedAccess =>
  sealedAccess(
    other.keys ?? archive.decisionKeys,
    other.studentNo ?? STUDENT,
    { ...admin, ...other.who },
    writeRuled(other.rulings ?? EVERYTHING),
    { validUntil: other.until ?? UNTIL, isEnd: other.isEnd ?? false },
  );

/** The same decision with another text beside it. */
const altered = (sealed: SealedAccess, from: string, to: string): SealedAccess => {
  expect(sealed.text).toContain(from);
  return { ...sealed, text: sealed.text.replace(from, to) };
};

type Sent = SealedAccess | string | null | undefined;
const FOREIGN: Readonly<Record<string, () => Sent>> = {
  'without a decision': () => undefined,
  'with null for one': () => null,
  'with rulings that nobody made': () => EVERYTHING,
  'with a text that did not come along': () => decided().access,
  'with the text of another name': () => ({ access: randomUUID(), text: decided().text }),
  'with a text to which the student was added': () =>
    altered(decided({ studentNo: CLASSMATE }), `~${CLASSMATE}`, `~${CLASSMATE},${STUDENT}`),
  'with a decision on another student': () => decided({ studentNo: CLASSMATE }),
  'with one for another request': () => decided({ who: { requestId: 'before' } }),
  'with one for another person': () => decided({ who: { subject: 'T0002' } }),
  'with one for another role': () => decided({ who: { role: 'AUDITOR' } }),
  'with one for another purpose': () => decided({ who: { purpose: 'AID_REVIEW' } }),
  'with one for another case': () => decided({ who: { caseId: 'EC-AWARD' } }),
  'with one for another reference': () => decided({ who: { reference: 'AU-1' } }),
  'with one whose access has ended': () => decided({ until: Date.parse(AT), isEnd: true }),
  'with one that says no longer that its access has ended': () =>
    altered(decided({ until: Date.parse(AT), isEnd: true }), '!~', '~'),
  'with one under another key': () => decided({ keys: [randomKey()] }),
  'with one that opens nothing': () => decided({ rulings: '' }),
  'with one that was lengthened': () => altered(decided(), `~${UNTIL}~`, `~${UNTIL + 60_000}~`),
  'with one to which a group was added': () =>
    altered(decided({ rulings: NARROW }), NARROW, `ALLOW=PHONE_BILLS;${NARROW}`),
};
const NOT_THERE = { data: { _entities: [null] }, errors: [errorOf('NOT_FOUND', ['_entities', 0])] };

describe.each(ENTRANCES)('%s', (office, fields) => {
  const all = fields.join(' ');
  /** Beside it goes what the decision says, and a wide one of a classmate. */
  const request = (sent: Sent, who = admin, of = STUDENT) => {
    const sealed = typeof sent === 'object' && sent ? [sent] : [];
    const access = sealed[0]?.access ?? sent;
    const body = entities(`studentNo ${all}`, { studentNo: of, access });
    return callOffice(
      college,
      office,
      who,
      withRuled(body, ...sealed, decided({ studentNo: CLASSMATE })),
    );
  };

  test('answers nobody without a call context', async () => {
    const sealed = decided();
    for (const body of [
      withRuled(entities(all, { studentNo: STUDENT, access: sealed.access }), sealed),
      JSON.stringify({ query: '{ _service { sdl } }' }),
      JSON.stringify({ query: '{ __schema { types { name } } }' }),
    ])
      expect(await postOffice(college, office, GRAPH, body)).toEqual(REFUSED);
  });

  test.each(Object.entries(FOREIGN))('knows no student %s', async (_, access) => {
    expect(await request(access())).toEqual(NOT_THERE);
  });

  test('shows of a student what role and decision open both', async () => {
    const answer = (await request(decided({ rulings: NARROW }))) as Answer;
    const { errors = [] } = answer;
    const [shown] = partOf<Record<string, unknown>[]>(answer, '_entities');
    const names = fields.map((field) => field.split(' ')[0] ?? '');
    expect(shown).toEqual({
      studentNo: STUDENT,
      ...Object.fromEntries(names.map((name) => [name, null])),
    });
    expect(errors.map(({ path }) => path?.at(-1))).toEqual(names);
  });

  test('shows a role that the tables shut nothing, whatever the decision says', async () => {
    for (const role of [
      'HRO_STAFF',
      'STU_OTHER',
      'SYS_OPERATOR',
      'REPORT_SVC',
      'PUBLIC',
    ] as const) {
      const who = { ...importer('T1001', role), requestId: 'r' };
      const answer = (await request(decided({ who }), who)) as Answer;
      const { errors = [] } = answer;
      const [shown] = partOf<Record<string, unknown>[]>(answer, '_entities');
      const isShut = (name: string) =>
        (groupsOf('Student', name) ?? []).some(
          (group) => !['A', 'M'].includes(cellOf(role, group).effect),
        );
      for (const name of fields.map((field) => field.split(' ')[0] ?? '').filter(isShut)) {
        expect([role, name, shown?.[name]]).toEqual([role, name, null]);
        expect(errors.filter(({ path }) => path?.at(-1) === name).length).toBe(1);
      }
    }
  });

  test('takes nothing but students for entities, and discloses no value of what it is given', async () => {
    const body = JSON.stringify({
      query: `query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }`,
      variables: { of: [{ __typename: 'Roster', studentNo: STUDENT, access: decided().access }] },
    });
    expect(await callOffice(college, office, admin, body)).toEqual({
      data: null,
      errors: [
        {
          message: 'Internal error.',
          path: ['_entities'],
          extensions: { code: 'INTERNAL_SERVER_ERROR' },
        },
      ],
    });
  });

  test('publishes no schema to the curious, the gateway’s own key or not', async () => {
    const body = JSON.stringify({ query: '{ __schema { types { name } } }' });
    await expect(callOffice(college, office, admin, body)).rejects.toThrow(
      `${office} answered 400.`,
    );
  });
});

test('through the gateway there are neither entities nor services nor decisions', async () => {
  const options = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
  const unknown = (field: string, type: string, hint = '') => ({
    errors: [
      {
        message: `Cannot query field "${field}" on type "${type}".${hint}`,
        locations: [expect.any(Object)],
        extensions: { code: 'VALIDATION' },
      },
    ],
  });
  expect(await college.request('T0001', '{ _service { sdl } }', options)).toEqual(
    unknown('_service', 'Query'),
  );
  expect(
    await college.request('T0001', `{ student(studentNo: "${STUDENT}") { access } }`, options),
  ).toEqual(unknown('access', 'Student', ' Did you mean "address"?'));
  const { errors } = await college.request(
    'T0001',
    `query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }`,
    { ...options, variables: { of: [{ __typename: 'Student', studentNo: STUDENT }] } },
  );
  expect(errors?.map(({ message }) => message)).toEqual([
    'Unknown type "_Any".',
    'Cannot query field "_entities" on type "Query".',
  ]);
});
