import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoPeople } from '@chengxin/college/demo-people';
import { startFront } from '@chengxin/college/parts';
import { startEmbeddedProvider, type EmbeddedProvider } from '@chengxin/college/provider';
import { DEMO_REFERENCES, EXAMPLES } from '@chengxin/gateway/explorer/examples';
import { pickerRoutes } from '@chengxin/college/picker';
import { createOfficeCaller, type OfficeCaller } from '@chengxin/gateway/fetch/signed-post';
import { createActorReader } from '@chengxin/gateway/identity/actor';
import type { RunningGateway } from '@chengxin/gateway/server';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import { readKeyring } from '@chengxin/kit/call/keyring';
import { createLog } from '@chengxin/kit/server/log';
import { purposesOf } from '@chengxin/kit/privacy/purposes';
import type { Role } from '@chengxin/kit/privacy/roles';
import { request } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { maskedAt } from '../support/masked-at.js';

const AUDIENCE = 'https://chengxin.test/explorer';
const AT = '2026-04-12T10:00:00+08:00';

let folder: string;
let college: TestCollege;
let caller: OfficeCaller;
let provider: EmbeddedProvider;
/** A gateway as `npm start` starts it: with the embedded provider and its people. */
let front: RunningGateway;

/** A gateway before the college's offices, with the explorer's people. */
async function startWithPicker(): Promise<RunningGateway> {
  const { keys, clock, started } = college;
  const { issuer } = provider;
  const parts = { offices: [], databases: {}, keys, clock, log: createLog('test', 'fatal') };
  const options = { port: 0, issuer, audience: AUDIENCE, supergraphFile: SUPERGRAPH_FILE };
  const people = demoPeople(caller);
  const actorOf = createActorReader(caller, clock);
  const picker = pickerRoutes({ people, actorOf, issuer, audience: AUDIENCE });
  return startFront(parts, started, options, picker);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chengxin-explorer-'));
  college = await startCollege({ at: AT });
  const { clock, keys, started } = college;
  const keyring = await readKeyring(keys, 'gateway');
  caller = createOfficeCaller({ keyring, clock, addresses: started.addresses });
  provider = await startEmbeddedProvider({
    port: 0,
    audience: AUDIENCE,
    people: demoPeople(caller),
    keyFile: join(folder, 'identity.json'),
    clock,
  });
  front = await startWithPicker();
});
afterAll(async () => {
  await front.stop();
  await provider.close();
  await caller.close();
  await college.stop();
  await rm(folder, { recursive: true });
});
afterEach(() => vi.unstubAllEnvs());

interface Got {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
}

async function get(address: string, headers: Record<string, string> = {}): Promise<Got> {
  const answer = await request(address, { headers });
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
}

async function post(
  address: string,
  value: unknown,
  headers: Record<string, string> = {},
): Promise<Got> {
  const answer = await request(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(value),
  });
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
}

/** Log somebody in as the page does. */
const logIn = (person: unknown, headers: Record<string, string> = {}): Promise<Got> =>
  post(`${front.origin}/explorer/token`, { person }, { origin: front.origin, ...headers });

/** Request as the page does: with the token that it got and the headers of its bar. */
async function requestAs(
  person: string,
  question: { query: string; variables?: unknown },
  headers: Record<string, string>,
): Promise<Answer> {
  const { token } = JSON.parse((await logIn(person)).text) as { token: string };
  const answer = await post(front.url, question, { authorization: `Bearer ${token}`, ...headers });
  return JSON.parse(answer.text) as Answer;
}

describe('the page', () => {
  /** What the page itself names; the browser keeps GraphiQL here. */
  const PARTS = [
    ['/', 'text/html; charset=utf-8'],
    ['/explorer/explorer.js', 'text/javascript; charset=utf-8'],
    ['/explorer/explorer.css', 'text/css; charset=utf-8'],
    ['/explorer/graphiql.js', 'text/javascript; charset=utf-8'],
    ['/explorer/graphiql.css', 'text/css; charset=utf-8'],
    ['/explorer/worker/editorWorkerService.js', 'text/javascript; charset=utf-8'],
    ['/explorer/worker/json.js', 'text/javascript; charset=utf-8'],
    ['/explorer/worker/graphql.js', 'text/javascript; charset=utf-8'],
  ] as const;

  test('lets a browser load from and call nothing but this gateway', async () => {
    const page = await get(`${front.origin}/`);

    expect(page.status).toBe(200);
    expect(page.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; " +
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(
      [...page.text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address),
    ).toEqual(['data:,', 'explorer/graphiql.css', 'explorer/explorer.css', 'explorer/explorer.js']);
  });

  test.each(PARTS)(
    'has %s, which names no other host where it loads something',
    async (path, type) => {
      const { status, headers, text } = await get(`${front.origin}${path}`);

      expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type });
      expect(text.match(/(?:src|href)="(?:https?:)?\/\/|url\(["']?(?:https?:)?\/\/|@import/g)).toBe(
        null,
      );
    },
  );

  test('is not sent again when the browser has it', async () => {
    const { headers } = await get(`${front.origin}/explorer/graphiql.js`);

    const again = await get(`${front.origin}/explorer/graphiql.js`, {
      'if-none-match': String(headers['etag']),
    });

    expect({ status: again.status, text: again.text }).toEqual({ status: 304, text: '' });
  });

  test('is Chinese with English beside it, and has a label for each field', async () => {
    const { text } = await get(`${front.origin}/`);

    expect(text.match(/<html lang="[^"]*">/)?.[0]).toBe('<html lang="zh-CN">');
    const labels = text.matchAll(/<label for="(\w+)"\s*>\s*(\S+)\s+<span lang="en">([^<]*)</g);
    expect([...labels].map(([, ...parts]) => parts)).toEqual([
      ['person', '人物', 'Person'],
      ['token', '令牌', 'Bearer token'],
      ['role', '角色', 'Role'],
      ['purpose', '用途', 'Purpose'],
      ['case', '评审', 'Case'],
      ['reference', '依据', 'Reference'],
      ['example', '示例', 'Example'],
    ]);
  });

  test('shows what guards a field, by introspection', async () => {
    const query = '{ __type(name: "Arrears") { fields { name description } } }';

    const { data } = (await college.request(null, query)) as {
      data: { __type: { fields: { name: string; description: string }[] } };
    };

    const { fields } = data.__type;
    expect(fields.find(({ name }) => name === 'category')).toEqual({
      name: 'category',
      description: 'Why it is not paid.\nGroup: TUITION (FG16).',
    });
  });
});

describe('the people', () => {
  test('are those of the embedded provider, with the roles that they hold', async () => {
    const { status, headers, text } = await get(`${front.origin}/explorer/people`);

    expect({ status, cache: headers['cache-control'] }).toEqual({ status: 200, cache: 'no-store' });
    const people = JSON.parse(text) as { id: string }[];
    const some = ['2024010317', 'T0101', 'T0703', 'T0901'];
    expect(people.filter(({ id }) => some.includes(id))).toEqual([
      { id: '2024010317', name: '李思源', note: '学生 student', roles: ['STU_SELF', 'STU_OTHER'] },
      {
        id: 'T0101',
        name: '辅导员丙',
        note: '辅导员 Counsellor or class teacher',
        roles: ['COUNSELLOR', 'STAFF_SELF'],
      },
      {
        id: 'T0703',
        name: '资助评审',
        note: '资助评审 Evaluator for aid',
        roles: ['EV_AID', 'STAFF_SELF'],
      },
      { id: 'T0901', name: '审计员', note: '审计员 Auditor', roles: ['AUDITOR', 'STAFF_SELF'] },
    ]);
  });

  test('log in for real: the token answers a query', async () => {
    const query = '{ me { person { id name } roles { role orgCodes } } }';

    expect(await requestAs('T0401', { query }, { 'x-role': 'FIN_CLERK' })).toEqual({
      data: {
        me: {
          person: { id: 'T0401', name: '财务经办甲' },
          roles: [
            { role: 'STAFF_SELF', orgCodes: [] },
            { role: 'FIN_CLERK', orgCodes: ['FIN'] },
          ],
        },
      },
    });
  });

  test.each([
    ['nobody has the number', 'T9999', 404, '没有找到。 Not found.', 'NOT_FOUND'],
    ['no number is given', 7, 400, '输入有误。 The input is not valid. person', 'VALIDATION'],
  ])('get no token when %s', async (_, person, status, message, code) => {
    const answer = await logIn(person);

    expect({ status: answer.status, body: JSON.parse(answer.text) }).toEqual({
      status,
      body: { errors: [{ message, extensions: { code } }] },
    });
  });

  const port = (): string => new URL(front.origin).port;
  const own = (): Record<string, string> => ({ origin: front.origin });
  test.each<[string, () => Record<string, string>]>([
    ['of another site', () => ({ origin: 'https://evil.example' })],
    ['of another port of this machine', () => ({ origin: 'http://localhost:3000' })],
    ['of a file', () => ({ origin: 'null' })],
    [
      'under a name that was pointed at this machine',
      () => ({ host: `evil.example:${port()}`, origin: `http://evil.example:${port()}` }),
    ],
    ['that the browser calls foreign', () => ({ ...own(), 'sec-fetch-site': 'cross-site' })],
    ['that the browser calls a neighbour', () => ({ ...own(), 'sec-fetch-site': 'same-site' })],
  ])('are kept from a page %s', async (_, headers) => {
    const answers = [
      await post(`${front.origin}/explorer/token`, { person: 'T0401' }, headers()),
      await get(`${front.origin}/explorer/people`, headers()),
    ];

    const refused = {
      status: 403,
      body: {
        errors: [
          {
            message: '您无权执行此操作。 You may not do this.',
            extensions: { code: 'FORBIDDEN_ACTION' },
          },
        ],
      },
    };
    expect(answers.map(({ status, text }) => ({ status, body: JSON.parse(text) }))).toEqual([
      refused,
      refused,
    ]);
  });

  test('get no token from a request that names no origin', async () => {
    const answer = await post(`${front.origin}/explorer/token`, { person: 'T0401' });

    expect(answer.status).toBe(403);
  });
});

/** Status of everything that the explorer is made of. */
const statuses = async ({ origin }: RunningGateway): Promise<Record<string, number>> => ({
  page: (await get(`${origin}/`)).status,
  graphiql: (await get(`${origin}/explorer/graphiql.js`)).status,
  settings: (await get(`${origin}/explorer/settings`)).status,
  people: (await get(`${origin}/explorer/people`)).status,
  token: (await post(`${origin}/explorer/token`, { person: 'T0401' }, { origin })).status,
});

test('unless development is set there is no explorer at all', async () => {
  vi.stubEnv('CHENGXIN_MODE', undefined);
  const production = await startWithPicker();
  try {
    expect(await statuses(production)).toEqual({
      page: 404,
      graphiql: 404,
      settings: 404,
      people: 404,
      token: 404,
    });
  } finally {
    await production.stop();
  }
});

test('without the embedded provider there is the page, and nobody to pick', async () => {
  expect(await statuses(college.gateway)).toEqual({
    page: 200,
    graphiql: 200,
    settings: 200,
    people: 404,
    token: 404,
  });
});

describe('an example', () => {
  const day = (date: string): string => `${date} 00:00:00`;
  beforeAll(async () => {
    await college.bring('archive', 'cases', [
      {
        评审编号: 'EC-DEMO-AID',
        用途: '资助',
        名称: '国家助学金评定',
        主办部门: 'SAO',
        开始时间: day('2026-04-01'),
        结束时间: day('2026-04-30'),
        学生学号: '2024010317',
        评审人工号: 'T0703',
      },
    ]);
    await college.bring('archive', 'audits', [
      {
        审计编号: 'AU-DEMO-1',
        工号: 'T0901',
        名称: '年度个人信息保护审计',
        开始时间: day('2026-04-01'),
        结束时间: day('2027-04-01'),
      },
    ]);
    await college.bring('finance', 'bills', [
      {
        账单编号: 'B-2025-0415',
        学号: '2025020415',
        学年: '2025-2026',
        收费项目: '学费',
        应缴金额: '9800.00',
        缴费截止日期: '2025-10-31',
      },
    ]);
  });

  /** Picks a person, fills an example in and runs it, with what the page has filled in. */
  function run(title: string, person: string, role: Role): Promise<Answer> {
    const example = EXAMPLES.find((one) => one.title === title);
    if (!example) throw new Error(`There is no example ${title}.`);
    const { query, variables = {} } = example;
    const purposes = purposesOf(role);
    const purpose = purposes.find(({ needsReference }) => !needsReference) ?? purposes[0];
    const { case: named = '', reference = '' } = DEMO_REFERENCES[role] ?? {};
    return requestAs(
      person,
      { query, variables },
      {
        'x-role': role,
        'x-purpose': purpose?.name ?? '',
        ...(named && { 'x-case': named }),
        ...(reference && { 'x-reference': reference }),
      },
    );
  }
  const lastPage = { hasNextPage: false, endCursor: expect.any(String) as string };
  const arrears = {
    billNo: 'B-2025-0415',
    outstandingFen: 980000,
    daysOverdue: 163,
    category: 'UNEXPLAINED',
  };

  const ANSWERS: [title: string, person: string, role: Role, answer: Answer][] = [
    [
      '本人记录与欠费 Own record with arrears',
      '2025020415',
      'STU_SELF',
      {
        data: {
          me: {
            person: { id: '2025020415', name: '赵文博' },
            student: {
              studentNo: '2025020415',
              name: '赵文博',
              college: 'C02',
              classCode: '20250204',
              enrolmentStatus: 'ENROLLED',
              arrears: [arrears],
              bills: [
                {
                  billNo: 'B-2025-0415',
                  academicYear: '2025-2026',
                  item: 'TUITION',
                  amountFen: 980000,
                  dueOn: '2025-10-31',
                },
              ],
            },
          },
        },
      },
    ],
    [
      '所带班级的学生 A student of one’s class',
      'T0101',
      'COUNSELLOR',
      {
        data: {
          student: {
            studentNo: '2024010317',
            name: '李思源',
            classCode: '20240103',
            enrolmentStatus: 'ENROLLED',
            phoneMasked: '*******1001',
          },
        },
        ...maskedAt({ shown: 'LAST4', group: 'SENSITIVE_IDENTITY', rule: 'COUNSELLOR.FG02' }, [
          'student',
          'phoneMasked',
        ]),
      },
    ],
    [
      '本院学生名单 Students of one’s college',
      'T0110',
      'COLLEGE_ADMIN',
      {
        data: {
          students: {
            nodes: [
              { studentNo: '2024010305', name: '张明远', majorCode: 'M0101' },
              { studentNo: '2024010317', name: '李思源', majorCode: 'M0101' },
              { studentNo: '2024010322', name: '孙佳怡', majorCode: 'M0102' },
            ].map((one) => ({ ...one, classCode: '20240103', enrolmentStatus: 'ENROLLED' })),
            pageInfo: lastPage,
          },
        },
      },
    ],
    [
      '欠费名单 Arrears',
      'T0401',
      'FIN_CLERK',
      {
        data: {
          arrearsList: {
            nodes: [
              {
                ...arrears,
                student: { studentNo: '2025020415', name: '赵文博', college: 'C02' },
              },
            ],
            pageInfo: lastPage,
          },
        },
      },
    ],
    [
      '无权查看的字段 A field that one may not see',
      'T0401',
      'FIN_CLERK',
      {
        data: {
          student: {
            name: '赵文博',
            idNumber: null,
            arrears: [{ outstandingFen: 980000, category: 'UNEXPLAINED' }],
          },
        },
        errors: [
          {
            message: '您无权查看此字段。 You may not see this field.',
            path: ['student', 'idNumber'],
            extensions: {
              code: 'FORBIDDEN_FIELD',
              group: 'SENSITIVE_IDENTITY',
              clause: 'FG02',
              rule: 'FIN_CLERK.FG02',
            },
          },
        ],
      },
    ],
    [
      '评审中的学生 Students of one’s case',
      'T0703',
      'EV_AID',
      {
        data: {
          students: {
            nodes: [
              {
                studentNo: '2024010317',
                name: '李思源',
                college: 'C01',
                classCode: '20240103',
                cohort: 2024,
              },
            ],
            pageInfo: lastPage,
          },
        },
      },
    ],
    [
      '我是谁 Who am I?',
      'T0101',
      'COUNSELLOR',
      {
        data: {
          me: {
            person: { id: 'T0101', name: '辅导员丙' },
            roles: [
              { role: 'STAFF_SELF', orgCodes: [] },
              { role: 'COUNSELLOR', orgCodes: ['20240103', '20260103'] },
            ],
          },
        },
      },
    ],
  ];

  test.each(ANSWERS)('is answered: %s', async (title, person, role, answer) => {
    expect(await run(title, person, role)).toEqual(answer);
  });

  test('is answered: 授权审计 Audit of grants', async () => {
    const answer = await run('授权审计 Audit of grants', 'T0901', 'AUDITOR');

    const { data, errors } = answer as Answer & {
      data: { grants: { nodes: unknown[]; pageInfo: unknown } };
    };
    const { nodes, pageInfo } = data.grants;
    expect({ errors, grants: nodes.length, first: nodes[0], pageInfo }).toEqual({
      errors: undefined,
      grants: 20,
      first: {
        staffNo: 'T0001',
        role: 'SCHOOL_ADMIN',
        orgCode: 'SCHOOL',
        state: 'ACTIVE',
        grantedBy: 'installation (second)',
        validFrom: '2023-09-01T01:00:00.000Z',
        validTo: null,
      },
      pageInfo: { ...lastPage, hasNextPage: true },
    });
  });

  test('is one of those above', () => {
    const tried = [...ANSWERS.map(([title]) => title), '授权审计 Audit of grants'];
    expect(tried.toSorted()).toEqual(EXAMPLES.map(({ title }) => title).toSorted());
  });
});
