/**
 * Requests that are not what they should be, and what errors, headers and logs disclose (3.7(5),
 * (8), (9)).
 */
import { REQUEST_LIMITS } from '@chengxin/gateway/limits/request-limits';
import { LIMITS_OF_ONE_CALLER } from '@chengxin/gateway/limits/settings';
import { startGateway, type RunningGateway } from '@chengxin/gateway/server';
import { sentence } from '@chengxin/kit/errors';
import { getIntrospectionQuery } from 'graphql';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bringReferences, STUDENT } from '../../support/callers.js';
import { startCollege, type TestCollege } from '../../support/college.js';
import { besideIt } from '../../support/gateway-beside.js';
import { startTestIssuer, type TestIssuer } from '../../support/issuer.js';
import { keepLog } from '../../support/log-lines.js';
import { post } from '../../support/post.js';
import { asOwner } from '../../support/sql.js';
import { bringFacts } from '../../support/student-facts.js';
import { STRANGER } from '../allowed.js';
import { caller, send, notFound, refused, shut, wrong, type Attempt } from './attempts.js';

const { log, lines } = keepLog('debug');
let college: TestCollege;
/** As in production: it publishes nothing of its schema. */
let closed: RunningGateway;
let issuer: TestIssuer;
beforeAll(async () => {
  college = await startCollege({ log, limits: LIMITS_OF_ONE_CALLER });
  await bringReferences(college);
  await bringFacts(college, [STUDENT]);
  issuer = await startTestIssuer(college.clock);
  closed = await startGateway(await besideIt(college, issuer, { log }));
});
afterAll(async () => {
  await closed.stop();
  await issuer.stop();
  await college.stop();
});

/** A view in the place of the bills that reads a number where there is none. */
const STUMBLING = `
  do $$ declare columns text; begin
    select string_agg(case column_name when 'version' then 'bill_no::integer as version'
      else quote_ident(column_name) end, ', ' order by ordinal_position) into columns
    from information_schema.columns where table_name = 'bill';
    alter table bill rename to bill_elsewhere;
    execute 'create view bill as select ' || columns || ' from bill_elsewhere';
    grant select on bill to public;
  end $$`;

const NAME = `{ student(studentNo: "${STUDENT}") { name } }`;
const NAMED = { data: { student: { name: '李思源' } } };
const NOT_HELD = shut('FORBIDDEN_ACTION', 'x-role: 您不担任此角色。 You do not hold this role.');
const ADMIN = { 'x-purpose': 'ADMIN_REVIEW' };

const HEADERS: Readonly<Record<string, Attempt>> = {
  'a role that is held': {
    as: ['T0101', { ...ADMIN, 'x-role': 'COUNSELLOR' }],
    query: NAME,
    answer: NAMED,
  },
  'a role of somebody else': {
    as: ['T0101', { ...ADMIN, 'x-role': 'SCHOOL_ADMIN' }],
    query: NAME,
    answer: NOT_HELD,
  },
  'two roles at once': {
    as: ['T0101', { ...ADMIN, 'x-role': 'COUNSELLOR, SCHOOL_ADMIN' }],
    query: NAME,
    answer: NOT_HELD,
  },
  'a role in small letters': {
    as: ['T0101', { ...ADMIN, 'x-role': 'counsellor' }],
    query: NAME,
    answer: NOT_HELD,
  },
  'a role by the name of a property': {
    as: ['T0101', { ...ADMIN, 'x-role': '__proto__' }],
    query: NAME,
    answer: NOT_HELD,
  },
  'no purpose, where there are several': {
    as: ['T0101', {}],
    query: NAME,
    answer: shut('PURPOSE_REQUIRED', 'x-purpose: ADMIN_REVIEW, AID_REVIEW.'),
  },
  'the purpose of an aid round that is not there': {
    as: ['T0101', { 'x-purpose': 'AID_REVIEW', 'x-reference': 'AID-1' }],
    query: NAME,
    answer: shut('PURPOSE_REQUIRED', 'x-reference'),
  },
  'the purpose of another role': {
    as: ['T0101', { 'x-purpose': 'AUDIT', 'x-reference': 'AU-1' }],
    query: NAME,
    answer: shut('PURPOSE_REQUIRED', 'x-purpose: ADMIN_REVIEW, AID_REVIEW.'),
  },
  'the case of another evaluator': {
    as: ['T0701', { 'x-case': 'EC-AID' }],
    query: NAME,
    answer: shut('CASE_SCOPE', 'x-case'),
  },
  'a case that is not there': {
    as: ['T0701', { 'x-case': 'EC-NONE' }],
    query: NAME,
    answer: shut('CASE_SCOPE', 'x-case'),
  },
  'no case': {
    as: ['T0701', {}],
    query: NAME,
    answer: shut('PURPOSE_REQUIRED', 'x-case'),
  },
  'a case, for who has none': {
    as: ['T0101', { ...ADMIN, 'x-case': 'EC-AWARD' }],
    query: `{ student(studentNo: "${STRANGER}") { name } }`,
    answer: { data: { student: null }, errors: [notFound('student')] },
  },
  'the audit of another auditor': {
    as: ['T0801', { 'x-purpose': 'AUDIT', 'x-reference': 'AU-1' }],
    query: NAME,
    answer: shut('PURPOSE_REQUIRED', 'x-purpose: OFFICE_DUTY.'),
  },
  'an audit that is not there': {
    as: ['T0901', { 'x-reference': 'AU-2' }],
    query: NAME,
    answer: shut('PURPOSE_REQUIRED', 'x-reference'),
  },
  'a student as his counsellor': {
    as: [STUDENT, { ...ADMIN, 'x-role': 'COUNSELLOR' }],
    query: NAME,
    answer: NOT_HELD,
  },
  'headers of the calls within': {
    as: ['T0401', { 'x-call-context': 'x', 'x-student-no': STRANGER, 'x-orgs': 'SCHOOL' }],
    query: `{ student(studentNo: "${STUDENT}") { name sex } }`,
    answer: {
      data: { student: { name: '李思源', sex: null } },
      errors: [refused('FIN_CLERK', 'SENSITIVE_IDENTITY', 'student.sex')],
    },
  },
};

test.each(Object.entries(HEADERS))('a request with %s', async (_, attempt) => {
  expect(await send(college, attempt)).toEqual(attempt.answer);
});

describe('requests of another form', () => {
  const bearer = async () => ({ authorization: `Bearer ${await college.token('T0401')}` });
  const BATCHED = { status: 400, body: wrong('Operation batching disabled.') };

  test('several in one', async () => {
    for (const count of [1, 2, 100]) {
      const body = JSON.stringify(Array.from({ length: count }, () => ({ query: NAME })));
      expect(await post(college.gateway.url, body, await bearer())).toEqual(BATCHED);
    }
  });

  test('by GET, with the question in the address', async () => {
    const answer = await request(`${college.gateway.url}?query=${encodeURIComponent(NAME)}`, {
      headers: { ...(await bearer()), 'apollo-require-preflight': 'x' },
    });
    expect([answer.statusCode, await answer.body.json()]).toEqual([
      405,
      shut('VALIDATION', 'POST.'),
    ]);
  });

  test('with the question in the address, beside another in the body', async () => {
    const url = `${college.gateway.url}?query=${encodeURIComponent('{ me { person { name } } }')}`;
    expect(await post(url, JSON.stringify({ query: NAME }), await bearer())).toEqual({
      status: 200,
      body: NAMED,
    });
  });

  test('of another operation of the document than the one that is named', async () => {
    const query = `query Open { student(studentNo: "${STUDENT}") { name } }
      query Shut { student(studentNo: "${STUDENT}") { sex } }`;
    const run = async (operationName: string) => {
      const body = JSON.stringify({ query, operationName });
      return (await post(college.gateway.url, body, await bearer())).body;
    };
    expect(await run('Open')).toEqual(NAMED);
    expect(await run('Shut')).toEqual({
      data: { student: { sex: null } },
      errors: [refused('FIN_CLERK', 'SENSITIVE_IDENTITY', 'student.sex')],
    });
  });

  test('of an action that there is not', async () => {
    const query = 'mutation { approveAll { id } }';
    expect(await send(college, { as: 'SCHOOL_ADMIN', query })).toEqual({
      errors: [{ message: expect.any(String), extensions: { code: 'VALIDATION' } }],
    });
  });

  test('with a hundred aliases, of which each is answered by the tables', async () => {
    const keys = Array.from({ length: 100 }, (_, i) => `a${i}`);
    const { data, errors } = await send(college, {
      as: 'COUNSELLOR',
      query: `{ ${keys.map((key, i) => `${key}: student(studentNo: "${2_025_020_000 + i}") { name }`).join(' ')} }`,
    });
    expect(data).toEqual(Object.fromEntries(keys.map((key) => [key, null])));
    expect(errors).toEqual(keys.map((key) => notFound(key)));
  });

  test('with more selections than anybody needs', async () => {
    const keys = (count: number, of: string) =>
      Array.from({ length: count }, (_, i) => `a${i}: ${of}`).join(' ');
    const query = `{ ${keys(100, 'me { ...Many }')} } fragment Many on Me { ${keys(99, '__typename')} }`;
    const { selections } = REQUEST_LIMITS;
    const what = `selections: ${100 * (2 + 99)} > ${selections.loggedIn}.`;
    expect(await send(college, { as: 'COUNSELLOR', query })).toEqual({
      errors: [
        {
          message: `${sentence('QUERY_TOO_COSTLY')} ${what}`,
          extensions: { code: 'QUERY_TOO_COSTLY', limit: 'selections' },
        },
      ],
    });
  });
});

describe('where introspection is off (3.7(9))', () => {
  const answerOf = async (query: string, variables: object = {}) => {
    const bearer = `Bearer ${await issuer.token('T0101')}`;
    const answer = await post(closed.url, JSON.stringify({ query, variables }), {
      ...ADMIN,
      authorization: bearer,
    });
    return (answer.body as { errors?: { message: string }[] }).errors?.map(
      ({ message }) => message,
    );
  };

  test('what the tables open is answered all the same', async () => {
    expect(await answerOf(NAME)).toBe(undefined);
  });

  test.each([
    ['the whole schema', getIntrospectionQuery(), '3:7: __schema.'],
    ['one type', '{ __type(name: "Student") { fields { name } } }', '1:3: __type.'],
    [
      'one type, beside a field that is open',
      `{ __type(name: "Bill") { name } ${NAME.slice(1)}`,
      '1:3: __type.',
    ],
    [
      'the type of types, in a fragment',
      '{ ...F } fragment F on Query { __schema { types { name } } }',
      '1:32: __schema.',
    ],
  ])('%s is not disclosed, nor whose server this is', async (_, query, where) => {
    expect((await answerOf(query))?.[0]).toBe(`${sentence('VALIDATION')} ${where}`);
  });

  test.each([
    ['a field', `{ student(studentNo: "1") { phon } }`, {}, '1:29: phon.'],
    ['a root field', '{ studen { name } }', {}, '1:3: studen.'],
    ['a type', 'query ($x: Studen) { me { roles { role } } }', {}, '1:12: Studen.'],
    ['an argument', '{ students(filte: {}) { nodes { name } } }', {}, '1:12: filte.'],
    ['a value', '{ students(order: NAM) { nodes { name } } }', {}, '1:19: NAM.'],
    [
      'a value in a variable',
      'query ($o: StudentOrder!) { students(order: $o) { nodes { name } } }',
      { o: 'NAM' },
      '1:8: $o.',
    ],
    [
      'a field of a filter in a variable',
      'query ($f: StudentFilter) { students(filter: $f) { nodes { name } } }',
      { f: { nam: 'x' } },
      '1:8: $f.',
    ],
    ['a selection that lacks', '{ students }', {}, '1:3: students.'],
    ['a fragment on nothing', '{ ... on Studen { name } }', {}, '1:10: Studen.'],
    ['a directive', '{ me @deny { roles { role } } }', {}, '1:6: deny.'],
    ['an argument that lacks', '{ student { name } }', {}, '1:3: student.'],
  ])('%s is answered by the words of the caller alone', async (_, query, variables, where) => {
    expect((await answerOf(query, variables))?.[0]).toBe(`${sentence('VALIDATION')} ${where}`);
  });
});

describe('errors, headers and logs carry no values (3.7(5), (8))', () => {
  const SECRET = 'cny-secret-990000200605141021';

  test('what a caller writes into variables and texts stands in no log', async () => {
    lines.splice(0);
    const questions: readonly (readonly [string, object])[] = [
      ['query ($no: ID!) { student(studentNo: $no) { name } }', { no: SECRET }],
      ['query ($no: ID!) { student(studentNo: $no) { name } }', { no: `${SECRET}\u0000` }],
      [
        'query ($n: String) { students(filter: { name: $n }) { nodes { name } } }',
        { n: `${SECRET}\u0000` },
      ],
      [`{ students(filter: { name: "${SECRET}" }, first: 0) { nodes { name } } }`, {}],
      [`query ($after: String) { students(after: $after) { nodes { name } } }`, { after: SECRET }],
      [
        `query ($f: StudentFilter) { students(filter: $f) { nodes { name } } }`,
        { f: { phone: SECRET } },
      ],
      [`{ student(studentNo: "${SECRET}") { nothing } }`, {}],
      [`{ student(studentNo: "${SECRET}" `, {}],
    ];
    const [person, headers] = caller('SCHOOL_ADMIN');
    for (const [query, variables] of questions)
      await college.request(person, query, {
        headers,
        variables: variables as Record<string, unknown>,
      });
    expect(lines.filter((line) => JSON.stringify(line).includes(SECRET))).toEqual([]);
  });

  test('a fault in the database discloses neither to the caller nor to the log the value that it stumbled over', async () => {
    await asOwner(college, 'finance', STUMBLING);
    lines.splice(0);
    const answer = await send(college, {
      as: 'FIN_CLERK',
      query: `{ student(studentNo: "${STUDENT}") { bills { billNo version } } }`,
    });
    await asOwner(college, 'finance', 'drop view bill; alter table bill_elsewhere rename to bill');

    expect(answer).toEqual({
      data: { student: { bills: null } },
      errors: [
        {
          message: 'Internal error.',
          path: ['student', 'bills'],
          extensions: { code: 'INTERNAL_SERVER_ERROR' },
        },
      ],
    });
    expect(lines.map(({ part, err }) => [part, err?.message])).toEqual([
      ['finance', 'invalid input syntax for type integer: "…"'],
      ['gateway', 'Internal error.'],
    ]);
    expect(lines.filter((line) => JSON.stringify(line).includes('BILL-1'))).toEqual([]);
  });

  test('the headers of an answer name the request and nothing of its rows', async () => {
    const { headers } = await request(college.gateway.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await college.token('T0401')}`,
      },
      body: JSON.stringify({ query: NAME }),
    });
    expect(Object.keys(headers).toSorted()).toEqual([
      'cache-control',
      'connection',
      'content-type',
      'date',
      'keep-alive',
      'transfer-encoding',
      'x-request-id',
    ]);
    expect(headers['cache-control']).toBe('no-store');
  });

  test('of several reasons the first of the order is reported, whoever the student is (2.7)', async () => {
    const query = (no: string) => `{ student(studentNo: "${no}") { name grades { id } sex } }`;
    const answers = [STRANGER, '2099999999'].map((no) =>
      send(college, { as: ['T0201', { ...ADMIN }], query: query(no) }),
    );
    const [his, nobody] = await Promise.all(answers);
    expect(his?.data).toEqual({ student: expect.any(Object) });
    expect(nobody).toEqual({
      data: { student: null },
      errors: [
        { message: sentence('NOT_FOUND'), path: ['student'], extensions: { code: 'NOT_FOUND' } },
        expect.objectContaining({ path: ['student', 'sex'] }),
      ],
    });
  });
});
