/** Too deep, too costly, not known: refused before anything is planned (DOMAIN 3.7(9), (10)). */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GatewayConfig } from '@chengxin/gateway/config';
import { hashOf, OPERATIONS_FOLDER, type Level } from '@chengxin/gateway/limits/known-operations';
import { LIMITS_OF_ONE_CALLER } from '@chengxin/gateway/limits/settings';
import { REQUEST_LIMITS } from '@chengxin/gateway/limits/request-limits';
import { startGateway, type RunningGateway } from '@chengxin/gateway/server';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import { sentence } from '@chengxin/kit/errors';
import { buildASTSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bringReferences, CALLERS, STUDENT } from '../support/callers.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { besideIt } from '../support/gateway-beside.js';
import { startTestIssuer, type TestIssuer } from '../support/issuer.js';
import { keepLog } from '../support/log-lines.js';
import { post } from '../support/post.js';
import { countStatements } from '../support/statements.js';

const REVIEW = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };

let college: TestCollege;
/** As in production. */
let closed: RunningGateway;
let issuer: TestIssuer;
beforeAll(async () => {
  college = await startCollege({ limits: LIMITS_OF_ONE_CALLER });
  await bringReferences(college);
  issuer = await startTestIssuer(college.clock);
  closed = await startClosed('off');
});
/** A gateway in production, or as in development, with a level for the roles that are not bound. */
async function startClosed(operations: Level, more: Partial<GatewayConfig> = {}) {
  const limits = { ...LIMITS_OF_ONE_CALLER, operations };
  return startGateway(await besideIt(college, issuer, { limits, ...more }));
}
afterAll(async () => {
  await closed.stop();
  await issuer.stop();
  await college.stop();
});

const codes = ({ errors = [] }: Answer) => errors.map(({ extensions }) => extensions['code']);
/** A path back to the student as often as said: two levels each time. */
const deep = (times: number): string =>
  times ? `arrears { student { ${deep(times - 1)} } }` : 'name';
const one = (fields: string) => `{ student(studentNo: "${STUDENT}") { ${fields} } }`;

test('an operation of ten levels is answered, one of more is refused and costs no statement', async () => {
  expect(REQUEST_LIMITS.depth.loggedIn).toBe(10);
  expect(codes(await college.request('T0401', one(deep(4))))).toEqual([]);
  const refused = [one(deep(5)), `fragment F on Student { ${deep(5)} } ${one('...F')}`];
  for (const query of refused) {
    const { result, statements } = await countStatements(() => college.request('T0401', query));
    expect(codes(result)).toEqual(['QUERY_TOO_DEEP']);
    expect(statements.filter(({ text }) => text.includes('from bill'))).toEqual([]);
  }
});

test('a page is as costly as its rows, whether a literal, a variable or its default says how many', async () => {
  const page = (first: string) => `students(first: ${first}) { nodes { name grades { id } } }`;
  const four = (first: string) =>
    ['a', 'b', 'c', 'd'].map((name) => `${name}: ${page(first)}`).join(' ');
  // A student of another office is twenty; the list of grades is one, and taken to have sixty.
  const refused = {
    errors: [
      {
        message: `${sentence('QUERY_TOO_COSTLY')} officeCost: ${4 * 100 * (20 + 61)} > 8000.`,
        extensions: { code: 'QUERY_TOO_COSTLY', limit: 'officeCost' },
      },
    ],
  };
  const requests: readonly [string, Record<string, number>][] = [
    [`{ ${four('100')} }`, {}],
    [`query ($first: Int!) { ${four('$first')} }`, { first: 100 }],
    [`query ($first: Int! = 100) { ${four('$first')} }`, {}],
    // A name that every object of JavaScript has.
    [`query ($constructor: Int! = 100) { ${four('$constructor')} }`, {}],
  ];
  for (const [query, variables] of requests)
    expect(await college.request('T0110', query, { ...REVIEW, variables })).toEqual(refused);
  const [query] = requests[1] ?? [''];
  const fewer = await college.request('T0110', query, { ...REVIEW, variables: { first: 10 } });
  // What a list of students may not show is refused as ever: it was planned.
  expect(new Set(codes(fewer))).toEqual(new Set(['FORBIDDEN_FIELD']));
});

test(
  'fragments that spread one another twice are refused at once, whoever sends them',
  { timeout: 5_000 },
  async () => {
    const next = (i: number) => (i < 24 ? `...F${i} f${i}: __typename ...F${i}` : '__typename');
    const bomb = Array.from({ length: 24 }, (_, i) => `fragment F${i} on Query { ${next(i + 1)} }`);
    expect(codes(await college.request(null, `{ ...F0 } ${bomb.join(' ')}`))).toEqual([
      'QUERY_TOO_COSTLY',
    ]);
  },
);

test.each([
  ['a variable', 'query ($no: ID!) { student(studentNo: $no) { name } }', { no: '20\0' }, '$no'],
  [
    'a part of one',
    'query ($f: StudentFilter) { students(filter: $f) { nodes { name } } }',
    { f: { name: '\0' } },
    '$f',
  ],
  ['a text', String.raw`{ student(studentNo: "20\u0000") { name } }`, {}, '1:22'],
])('U+0000 in %s is VALIDATION, and says where', async (_, query, variables, where) => {
  const { errors } = await college.request('T0110', query, { ...REVIEW, variables });
  expect(errors?.map(({ message, extensions }) => [message, extensions])).toEqual([
    [`${sentence('VALIDATION')} ${where}: U+0000.`, { code: 'VALIDATION' }],
  ]);
});

const requestClosed = async (query: string, variables: object = {}) => {
  const token = await issuer.token('T0701');
  return post(closed.url, JSON.stringify({ query, variables }), {
    authorization: `Bearer ${token}`,
    'x-case': 'EC-AWARD',
  });
};
const asEvaluator = async (query: string, variables: object = {}) =>
  (await requestClosed(query, variables)).body as Answer;
const AWARD = readFileSync(join(OPERATIONS_FOLDER, 'award-dossier.graphql'), 'utf8');

test('where the schema is not published, an evaluator requests known operations alone (3.7(9))', async () => {
  expect(codes(await asEvaluator(one('name')))).toEqual(['OPERATION_UNKNOWN']);
  const { data, errors } = await asEvaluator(AWARD, { studentNo: STUDENT });
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({ caseDossier: { caseId: 'EC-AWARD', student: { name: '李思源' } } });
  const spaced = AWARD.replaceAll('\n', '\n\n  ');
  expect(codes(await asEvaluator(spaced, { studentNo: STUDENT }))).toEqual([]);
  expect(
    codes(await asEvaluator(AWARD.replace('gpa', 'gpa rankBand'), { studentNo: STUDENT })),
  ).toEqual(['OPERATION_UNKNOWN']);
});

test('what is refused is the caller’s mistake, not ours', async () => {
  expect(await requestClosed(one('name'))).toEqual({
    status: 400,
    body: {
      errors: [
        { message: sentence('OPERATION_UNKNOWN'), extensions: { code: 'OPERATION_UNKNOWN' } },
      ],
    },
  });
  const bearer = { authorization: `Bearer ${await issuer.token('T0401')}` };
  const tooDeep = await post(closed.url, JSON.stringify({ query: one(deep(5)) }), bearer);
  expect([tooDeep.status, codes(tooDeep.body as Answer)]).toEqual([400, ['QUERY_TOO_DEEP']]);
});

describe('by hash alone, as clients do that send `persistedQuery`', () => {
  const sha = (text: string) => createHash('sha256').update(text).digest('hex');
  const requestByHash = async (sha256Hash: string, query?: string, version = 1) => {
    const extensions = { persistedQuery: { version, sha256Hash } };
    const variables = { studentNo: STUDENT };
    const { status, body } = await post(
      closed.url,
      JSON.stringify({ query, variables, extensions }),
      { authorization: `Bearer ${await issuer.token('T0701')}`, 'x-case': 'EC-AWARD' },
    );
    const { data, errors } = body as Answer;
    return {
      status,
      data,
      errors: errors?.map(({ message, extensions: { code } }) => [code, message]),
    };
  };
  const NOT_FOUND = {
    status: 200,
    data: undefined,
    errors: [['OPERATION_UNKNOWN', 'PersistedQueryNotFound']],
  };

  test('a known operation is answered, by the hash of its file or of its plain form', async () => {
    const { body } = await requestClosed(AWARD, { studentNo: STUDENT });
    const whole = { status: 200, data: (body as Answer).data, errors: undefined };
    expect(await requestByHash(sha(AWARD))).toEqual(whole);
    expect(await requestByHash(hashOf(parse(AWARD)))).toEqual(whole);
    expect(await requestByHash(sha(AWARD), AWARD)).toEqual(whole);
  });

  test('what is not known gets an error that says so, and stays unknown when it was sent with its hash', async () => {
    const query = '{ __typename }';
    const clerk = { authorization: `Bearer ${await issuer.token('T0401')}` };
    const extensions = { persistedQuery: { version: 1, sha256Hash: sha(query) } };
    expect(await requestByHash(sha(query))).toEqual(NOT_FOUND);
    expect((await post(closed.url, JSON.stringify({ query, extensions }), clerk)).body).toEqual({
      data: { __typename: 'Query' },
    });
    expect(await requestByHash(sha(query))).toEqual(NOT_FOUND);
    expect((await post(closed.url, JSON.stringify({ extensions }), clerk)).body).toEqual({
      errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'OPERATION_UNKNOWN' } }],
    });
  });

  test('a hash of something else, or of another kind, is a mistake', async () => {
    const mistake = (message: string) => ({
      status: 400,
      data: undefined,
      errors: [['VALIDATION', message]],
    });
    // The text counts, whatever hash is sent with it.
    expect(await requestByHash(sha(AWARD), one('name'))).toEqual({
      status: 400,
      data: undefined,
      errors: [['OPERATION_UNKNOWN', sentence('OPERATION_UNKNOWN')]],
    });
    expect(await requestByHash(sha(one('name')), AWARD)).toEqual(
      mistake('provided sha does not match query'),
    );
    expect(await requestByHash(sha(AWARD), undefined, 2)).toEqual(
      mistake('Unsupported persisted query version'),
    );
  });
});

test('a folder that is not there, or holds something else, keeps the gateway from starting', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'chengxin-operations-'));
  try {
    const missing = join(folder, 'missing');
    await expect(startClosed('off', { operationsFolder: missing })).rejects.toThrow(
      `OPERATIONS_FOLDER: there is no ${missing}.`,
    );
    const broken = join(folder, 'broken.graphql');
    await writeFile(broken, 'query {');
    await expect(startClosed('off', { operationsFolder: folder })).rejects.toThrow(
      `${broken} is no operation.`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('others request what they like there', async () => {
  const token = await issuer.token('T0401');
  const { body } = await post(closed.url, JSON.stringify({ query: one('name') }), {
    authorization: `Bearer ${token}`,
  });
  expect(body).toEqual({ data: { student: { name: '李思源' } } });
});

describe('operations that are not known, by level and role (3.7(8), (9))', () => {
  const WORDS = 'query Words($of: ID!) { student(studentNo: $of) { name } }';
  const PASSED = 'passed';
  const UNKNOWN = 'OPERATION_UNKNOWN';

  /**
   * What becomes of an operation that a clerk, an evaluator and somebody without a login request.
   */
  async function requestAll(gateway: RunningGateway, query: string, variables: object) {
    const request = async (person: string | null, more: Record<string, string> = {}) => {
      const bearer = person ? { authorization: `Bearer ${await issuer.token(person)}` } : {};
      const body = JSON.stringify({ query, variables });
      const answer = await post(gateway.url, body, { ...bearer, ...more });
      return codes(answer.body as Answer).includes(UNKNOWN) ? UNKNOWN : PASSED;
    };
    return [
      await request('T0401'),
      await request('T0701', { 'x-case': 'EC-AWARD' }),
      await request(null),
    ];
  }

  test.each([
    ['off', false, [PASSED, UNKNOWN, PASSED], []],
    ['log', false, [PASSED, UNKNOWN, PASSED], ['FIN_CLERK', 'PUBLIC']],
    ['only', false, [UNKNOWN, UNKNOWN, UNKNOWN], []],
    ['off', true, [PASSED, PASSED, PASSED], []],
    ['log', true, [PASSED, PASSED, PASSED], ['FIN_CLERK', 'EV_AWARD', 'PUBLIC']],
    ['only', true, [UNKNOWN, UNKNOWN, UNKNOWN], []],
  ] as const)('%s, with introspection %j', async (level, introspection, becomes, logged) => {
    const { log, lines } = keepLog();
    const gateway = await startClosed(level, { introspection, log });
    try {
      expect(await requestAll(gateway, WORDS, { of: STUDENT })).toEqual(becomes);
      const known = await requestAll(gateway, AWARD, { studentNo: STUDENT });
      expect(known).toEqual([PASSED, PASSED, PASSED]);
    } finally {
      await gateway.stop();
    }
    const unknown = lines.filter(({ msg }) => msg === 'an operation is not known');
    expect(unknown).toEqual(
      logged.map((role) => ({
        level: 30,
        time: expect.any(String),
        part: 'test',
        role,
        name: 'Words',
        hash: hashOf(parse(WORDS)),
        msg: 'an operation is not known',
      })),
    );
    expect(JSON.stringify(lines)).not.toContain(STUDENT);
  });
});

test('every known operation is one of the graph', () => {
  const schema = buildASTSchema(parse(readFileSync(SUPERGRAPH_FILE, 'utf8')), {
    assumeValidSDL: true,
  });
  const wrong = readdirSync(OPERATIONS_FOLDER).flatMap((name) =>
    validate(schema, parse(readFileSync(join(OPERATIONS_FOLDER, name), 'utf8'))).map(
      ({ message }) => `${name}: ${message}`,
    ),
  );
  expect(wrong).toEqual([]);
});

describe('the shipped operations are all that evaluators, employers and reporting need (3.5, 3.7(9))', () => {
  let only: RunningGateway;
  beforeAll(async () => {
    only = await startClosed('only');
  });
  afterAll(() => only.stop());

  /** A shipped operation, in the role of `CALLERS`. */
  async function run(role: string, file: string, variables: object = {}): Promise<Answer> {
    const [, person, headers] = CALLERS.find(([name]) => name === role) ?? [];
    const query = readFileSync(join(OPERATIONS_FOLDER, `${file}.graphql`), 'utf8');
    const bearer = person ? { authorization: `Bearer ${await issuer.token(person)}` } : {};
    const body = JSON.stringify({ query, variables });
    return (await post(only.url, body, { ...bearer, ...headers })).body as Answer;
  }
  interface OwnCase {
    readonly caseId: string;
    readonly version: number;
    readonly students: readonly string[];
  }
  async function ownCase(role: string): Promise<OwnCase> {
    const { data, errors } = await run(role, 'evaluator-cases', { first: 5 });
    expect(errors).toBeUndefined();
    return (data!['cases'] as { nodes: [OwnCase] }).nodes[0];
  }
  const act = async (role: string, file: string, more: object = {}) => {
    const { caseId: id, version: expectedVersion } = await ownCase(role);
    const given = { clientMutationId: `${role} ${file}`, reason: 'from the file' };
    const { data, errors } = await run(role, file, { ...given, id, expectedVersion, ...more });
    expect(errors).toBeUndefined();
    return Object.values(data ?? {})[0] as { ok: boolean; errors: readonly { code: string }[] };
  };
  const soon = () =>
    college.clock.set(new Date(college.clock.now().getTime() + 5000).toISOString());

  test.each([
    ['EV_AWARD', 'award', { order: 'GRADE' }],
    ['EV_PARTY', 'party', { filter: { politicalStatus: '03' } }],
    ['EV_AID', 'aid', { filter: { isDecided: false } }],
    ['EV_EMPLOY', 'employment', { order: 'NAME' }],
  ])(
    '%s reads every profile, and works from the first word to the last',
    async (role, name, order) => {
      const list = await run(role, `${name}-work-list`, { first: 50, ...order });
      expect(list.errors).toBeUndefined();
      const whole = await run(role, `${name}-work-list`, { first: 50 });
      const { nodes } = whole.data!['caseDossiers'] as { nodes: { student: object }[] };
      expect(nodes).toMatchObject([
        { purposeBlock: expect.any(Array), student: { studentNo: STUDENT } },
      ]);
      const { data, errors } = await run(role, `${name}-dossier`, { studentNo: STUDENT });
      expect(errors).toBeUndefined();
      const seen = (data!['caseDossier'] as { student: Record<string, unknown> }).student;
      for (const field of ['commitments', 'selfEntries', 'goodRecords', 'conductRecords'])
        expect(seen[field]).toEqual(expect.any(Array));

      expect(await act(role, 'declare-conflict', { conflict: false })).toMatchObject({ ok: true });
      soon();
      const none = { studentNo: STUDENT, code: 'V-99' };
      expect((await act(role, 'confirm-purpose-block', none)).errors).toMatchObject([
        { code: 'VALIDATION', path: ['code'] },
      ]);
      // A new decision names no row.
      const decision = { studentNo: STUDENT, result: 'GRANT', reasonCodes: ['GPA'] };
      expect(
        await act(role, 'decide-candidate', {
          ...decision,
          id: undefined,
          expectedVersion: undefined,
        }),
      ).toMatchObject({ ok: true, caseDecision: { result: 'GRANT' } });
      expect(await act(role, 'conclude-case')).toMatchObject({ ok: true });
    },
  );

  test('an employer reads each template by an operation of its own', async () => {
    for (const [file, denied] of [
      ['employer-report', []],
      ['employer-report-study', []],
      ['employer-report-full', []],
    ] as const) {
      const { data, errors = [] } = await run('EMPLOYER_TOKEN', file);
      expect([file, errors.map(({ extensions }) => extensions['group'])]).toEqual([file, denied]);
      expect(data?.['employerReport']).toMatchObject({ student: { name: '李思源' } });
    }
  });

  test('reporting reads releases, any table of them, and what the codes mean', async () => {
    const files: readonly [file: string, variables: object][] = [
      ['statistic-releases', { first: 10 }],
      ['credit-view-releases', {}],
      ['published-indicators', {}],
    ];
    for (const [file, variables] of files)
      expect([file, (await run('REPORT_SVC', file, variables)).errors]).toEqual([file, undefined]);
    const table = { metric: 'WARNING_SHARE', groupBy: ['COLLEGE'], run: '2019H1' };
    // There is no such release: the office says so, which it was asked.
    expect(codes(await run('REPORT_SVC', 'statistics', table))).toEqual(['VALIDATION']);
  });
});
