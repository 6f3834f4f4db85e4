/**
 * Null is never a fault, and never another answer than to say nothing (issue 9, 2.4): in every
 * argument and every field of an input it is refused, a variable by its name, or read as absent.
 */
import { isDeepStrictEqual } from 'node:util';
import { sentence } from '@chengxin/kit/errors';
import { getNullableType, isNonNullType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  fieldsWithArguments,
  RELEASE,
  type FieldWithArguments,
  type Place,
} from '../support/argument-places.js';
import { requestAs, CALLERS, bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { post, type Posted } from '../support/post.js';
import { put } from '../support/put.js';
import { aRun } from '../support/runs.js';
import { schemaOf } from '../support/selection.js';
import { countStatements } from '../support/statements.js';
import { bringFacts } from '../support/student-facts.js';

let college: TestCollege;
let all: readonly FieldWithArguments[];
beforeAll(async () => {
  college = await startCollege();
  await bringReferences(college);
  await bringFacts(college, [STUDENT]);
  await aRun(college, { runId: '2025H2', cutOffAt: '2026-01-31T15:59:59Z' });
  await put(college, 'archive', 'credit_view_release', {
    release_id: RELEASE,
    run_id: '2025H2',
    on_day: '2026-01-31',
    frozen_at: '2026-02-01T00:00:00Z',
    k: 10,
    l: 2,
    row_count: 0,
    dropped_percent: 100,
    loss_percent: 100,
    generalisation: [],
    grade_odds: [],
  });
  all = fieldsWithArguments(await schemaOf(college));
});
afterAll(() => college.stop());

/** As a clerk of finance, who sees bills and no grades. */
async function send(
  query: string,
  variables: object = {},
  { operationName, headers }: { operationName?: string; headers?: Record<string, string> } = {},
): Promise<Posted> {
  const bearer = { authorization: `Bearer ${await college.token('T0401')}` };
  const body = JSON.stringify({ query, variables, operationName });
  return post(college.gateway.url, body, { ...bearer, ...headers });
}

const refused = (name: string): Posted => ({
  status: 400,
  body: {
    errors: [
      {
        message: `${sentence('VALIDATION')} $${name}: 此处不能为 null。 It must not be null here.`,
        extensions: { code: 'VALIDATION' },
      },
    ],
  },
});

const LITERAL = 'a literal';
const WITH_DEFAULT = 'a variable with a default';
/** How a null is sent. */
const WAYS = [LITERAL, 'a variable', WITH_DEFAULT];

/** A null in the document, and the definition of its variable. */
function written({ type, sample }: Place, way: string, name: string) {
  if (way === LITERAL) return { text: 'null' };
  const usual = way === WITH_DEFAULT ? ` = ${sample}` : '';
  return { text: `$${name}`, definition: `$${name}: ${String(getNullableType(type))}${usual}` };
}

const mayBeNull = ({ type }: Place): boolean => !isNonNullType(type);

describe('where null may stand', () => {
  type Caller = (typeof CALLERS)[number];

  /** How much a value discloses: nothing, that there are no rows, or something. */
  function weightOf(value: unknown): number {
    if (value === null || value === undefined) return 0;
    const rows: unknown = Array.isArray(value) ? value : Reflect.get(value, 'nodes');
    return Array.isArray(rows) && rows.length === 0 ? 1 : 2;
  }

  /** For each field a caller who sees something, or else that there is nothing; never nobody. */
  async function callersOf(
    questions: readonly FieldWithArguments[],
  ): Promise<ReadonlyMap<FieldWithArguments, Caller>> {
    const found = new Map<FieldWithArguments, Caller>();
    let open = questions;
    for (const caller of CALLERS) {
      const body = open.map(({ bare }, i) => `q${i}: ${bare}`).join('\n');
      const { data } = await requestAs(college, caller[0], `{ ${body} }`);
      const weights = open.map((_, i) => weightOf(data?.[`q${i}`]));
      for (const [i, question] of open.entries())
        if (weights[i] === 2 || (weights[i] === 1 && !found.has(question)))
          found.set(question, caller);
      open = open.filter((_, i) => weights[i] !== 2);
    }
    expect(questions.filter((one) => !found.has(one)).map(({ name }) => name)).toEqual([]);
    return found;
  }

  /** What is answered under one of several keys. */
  const under = ({ data, errors = [] }: Answer, key: string) => ({
    value: data?.[key],
    errors: errors
      .filter(({ path }) => path?.[0] === key)
      .map(({ path, ...error }) => ({ ...error, path: path?.slice(1) })),
  });

  /**
   * Selects with nothing and with each null, in one request; names the nulls that are answered
   * otherwise.
   */
  async function differing(
    question: FieldWithArguments,
    [, person, headers]: Caller,
  ): Promise<string[]> {
    const nulls = question.places.filter(mayBeNull).flatMap((place, i) =>
      WAYS.map((way, j) => {
        const key = `n${i}_${j}`;
        const { text, definition } = written(place, way, key);
        const name = `${question.name}(${place.name}) as ${way}`;
        return { key, name, definition, body: `${key}: ${place.selectWith(text)}` };
      }),
    );
    const sent = nulls.filter(({ definition }) => definition);
    const defined = sent.map(({ definition }) => definition).join(' ');
    const body = nulls.map((one) => one.body).join('\n');
    // What earlier requests disclosed is in the log of accesses before it is read many times.
    await college.settle();
    const answer = await college.request(
      person,
      `query (${defined}) { absent: ${question.bare}\n${body} }`,
      { variables: Object.fromEntries(sent.map(({ key }) => [key, null])), headers },
    );
    const absent = under(answer, 'absent');
    expect(absent.value ?? null).not.toBeNull();
    return nulls
      .filter(({ key }) => !isDeepStrictEqual(under(answer, key), absent))
      .map(({ name }) => name);
  }

  test('it is read as absent', async () => {
    const questions = all.filter(({ places }) => places.some(mayBeNull));
    const found: string[] = [];
    for (const [question, caller] of await callersOf(questions))
      found.push(...(await differing(question, caller)));
    expect(found).toEqual([]);
  });
});

test('a cursor of a list serves the list with a null in its filter', async () => {
  const list = async (given: string) => {
    const page = `staff(first: 1 ${given}) { nodes { staffNo } pageInfo { endCursor } }`;
    const { data } = await requestAs(college, 'SCHOOL_ADMIN', `{ ${page} }`);
    return data?.['staff'] as { nodes: object[]; pageInfo: { endCursor: string } } | null;
  };
  const after = `after: "${(await list('filter: {}'))?.pageInfo.endCursor}"`;

  const next = await list(`${after} filter: {}`);
  expect(next?.nodes).toHaveLength(1);
  expect((await list(`${after} filter: { name: null }`))?.nodes).toEqual(next?.nodes);
});

describe('where no null may stand', () => {
  /** What GraphQL itself finds in the document. */
  const INVALID: Posted = {
    status: 400,
    body: { errors: [expect.objectContaining({ extensions: { code: 'VALIDATION' } })] },
  };

  test('it is refused, a variable by its name', async () => {
    const [answers, expected] = [new Map<string, Posted>(), new Map<string, Posted>()];
    for (const question of all)
      for (const place of question.places.filter((one) => !mayBeNull(one)))
        for (const way of WAYS) {
          const { text, definition } = written(place, way, 'none');
          const query = `query ${definition ? `(${definition})` : ''} { ${place.selectWith(text)} }`;
          const name = `${question.name}(${place.name}) as ${way}`;
          answers.set(name, await send(query, definition ? { none: null } : {}));
          // A variable may stand here if it has a default, or the place has one.
          const isValid = definition && (place.hasDefault || way === WITH_DEFAULT);
          expected.set(name, isValid ? refused('none') : INVALID);
        }
    expect(answers).toEqual(expected);
  });

  const GRADES = 'courseGrades { nodes { courseCode } }';
  const BILLS = 'bills { nodes { billNo } }';
  const DRY = { headers: { 'x-dry-run': 'true' } };
  /** Where a condition on a field stands: on itself, or on what it stands in. */
  const STANDING: Readonly<Record<string, (field: string, condition: string) => string>> = {
    'a field': (field, condition) => `{ ${field.replace(' ', ` ${condition} `)} }`,
    'an inline fragment': (field, condition) => `{ ... ${condition} { ${field} } }`,
    'an inline fragment on a type': (field, condition) =>
      `{ ... on Query ${condition} { ${field} } }`,
    'a spread': (field, condition) => `{ ...F ${condition} } fragment F on Query { ${field} }`,
    'a spread in a fragment': (field, condition) =>
      `{ ...E } fragment E on Query { ...F ${condition} } fragment F on Query { ${field} }`,
    'a field of an object': (field, condition) =>
      `{ student(studentNo: "${STUDENT}") { name ${condition} } ${field} }`,
  };
  /** With a default that includes the selection, and one that does not. */
  const conditions = ['include', 'skip'].flatMap((directive) =>
    [true, false].map((usual) => [directive, usual] as const),
  );

  describe.each(Object.entries(STANDING))('on %s', (_, write) => {
    test.each(conditions)('as the condition of @%s with %s for a default', async (name, usual) => {
      await send('{ __typename }');
      for (const field of [GRADES, BILLS]) {
        const query = `query ($a: Boolean = ${usual}) ${write(field, `@${name}(if: $a)`)}`;
        const { result, statements } = await countStatements(() => send(query, { a: null }));
        expect(result).toEqual(refused('a'));
        expect(statements).toEqual([]);
        expect(await send(query, { a: null }, DRY)).toEqual(refused('a'));
        // Absent says what the default says.
        expect(await send(query)).toEqual(await send(query, { a: usual }));
      }
    });
  });

  test('what is refused is named when the variable is absent', async () => {
    const query = `query ($a: Boolean = true) { ${BILLS} ...Grades @include(if: $a) }
      fragment Grades on Query { ${GRADES} }`;
    const { status, body } = await send(query);
    const { errors = [] } = body as Answer;
    expect([status, errors.map(({ path, extensions }) => [path, extensions['code']])]).toEqual([
      200,
      [[['courseGrades'], 'FORBIDDEN_FIELD']],
    ]);
  });

  test('the default of an absent variable is what the office reads', async () => {
    const query = 'query ($n: Int = 1) { orgs(first: $n) { nodes { orgCode } } }';
    const { data } = await requestAs(college, 'SCHOOL_ADMIN', query);
    expect(data).toEqual({ orgs: { nodes: [{ orgCode: expect.any(String) as string }] } });
  });

  describe('of a document with two operations', () => {
    const query = `
      query Mine($a: Boolean = true, $b: Int, $kind: OrgKind) {
        ...Orgs @skip(if: $a)
        all: orgs(kind: $kind) { nodes { orgCode } }
      }
      query Other($a: Boolean = true, $kind: OrgKind) {
        orgs(kind: $kind) { nodes { orgCode @include(if: $a) } }
      }
      fragment Orgs on Query { orgs(first: $b) { nodes { orgCode } } }`;
    const all = ['a', 'b', 'kind'] as const;
    const nulls = (...names: readonly (typeof all)[number][]) =>
      Object.fromEntries(names.map((name) => [name, null]));
    const run = (operationName: string, variables: object) =>
      send(query, variables, { operationName });

    test('all variables that stand there are named, of the one that runs', async () => {
      expect(await run('Mine', nulls(...all))).toEqual(refused('a, $b'));
      expect(await run('Other', nulls(...all))).toEqual(refused('a'));
      expect(await run('Other', nulls('b', 'kind'))).toEqual(await run('Other', {}));
      expect(await run('Mine', nulls('kind'))).toEqual(await run('Mine', {}));
    });
  });
});
