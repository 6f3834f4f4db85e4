/**
 * What ends a grant, a case, an audit or a consent ends the access everywhere (INV-21, 3.7(7)): in
 * a list that is being read, between the archive's answer and the office's, in a call that was
 * signed before, and in one that is sent again. One second before the end all is answered.
 */
import { sentence } from '@chengxin/kit/errors';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { STUDENT } from '../support/callers.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { startProxy, type HoldingProxy, type PassedCall } from '../support/holding-proxy.js';
import { post } from '../support/post.js';
import { asOwner } from '../support/sql.js';
import { REFUSED, errorOf } from '../support/straight.js';
import { bringFacts } from '../support/student-facts.js';

const START = '2026-04-12T10:00:00+08:00';
const END = '2026-04-12T10:00:10+08:00';
const CLASSMATE = '2024010305';

let college: TestCollege;
const proxies = new Map<string, HoldingProxy>();

/** Seconds before (or after) the end. */
const atEnd = (seconds: number): void =>
  college.clock.set(new Date(Date.parse(END) + seconds * 1000).toISOString());

const grant = (staffNo: string, role: string, orgCode: string, to = '') => ({
  工号: staffNo,
  角色: role,
  机构代码: orgCode,
  生效时间: '2025-09-01 00:00:00',
  失效时间: to,
  培训编号: '',
});

beforeAll(async () => {
  college = await startCollege({ at: START });
  await bringFacts(college, [STUDENT, CLASSMATE]);
  await college.bring('archive', 'grants', [
    grant('T0903', 'COUNSELLOR', '20240103', '2026-04-12 10:00:10'),
    grant('T1001', 'FIN_CLERK', 'FIN', '2026-04-12 10:00:10'),
    grant('T1101', 'FIN_REVIEWER', 'FIN'),
  ]);
  await college.bring('archive', 'cases', [
    {
      评审编号: 'EC-END',
      用途: '评优',
      名称: '评优',
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-12 10:00:10',
      学生学号: `${STUDENT};${CLASSMATE}`,
      评审人工号: 'T0701',
    },
  ]);
  await college.bring('archive', 'audits', [
    {
      审计编号: 'AU-END',
      工号: 'T0901',
      名称: '审计',
      开始时间: '2026-04-01 00:00:00',
      结束时间: '2026-04-12 10:00:10',
    },
  ]);
  await asOwner(college, 'thirdparty', `update consent set expires_at = $1`, [END]);
  for (const office of college.started.offices.keys()) {
    const proxy = await startProxy(college.started.addresses(office) ?? '');
    proxies.set(office, proxy);
    college.divert(office, proxy.url);
  }
});
afterEach(() => college.clock.set(START));
afterAll(async () => {
  await college.stop();
  for (const proxy of proxies.values()) await proxy.stop();
});

const before = (office: string): HoldingProxy => {
  const proxy = proxies.get(office);
  if (!proxy) throw new Error(`Nobody stands before ${office}.`);
  return proxy;
};

interface Access {
  readonly person: string;
  readonly headers: Record<string, string>;
  /** The office whose part of the answer is held. */
  readonly office: string;
  readonly query: string;
  readonly answered: unknown;
  /** What the whole answer is when the access ended before the office was reached. */
  readonly ended: unknown;
  /** What the gateway says to a request that begins after the end. */
  readonly refused: unknown;
}

const FIELD = (part: string) => `{ student(studentNo: "${STUDENT}") { ${part} } }`;
const lost = (field: string) => ({
  data: { student: { name: '李思源', [field]: null } },
  errors: [errorOf('NOT_FOUND', ['student'])],
});
const refusal = (code: 'FORBIDDEN_ACTION' | 'CASE_EXPIRED' | 'PURPOSE_REQUIRED', what: string) => ({
  errors: [{ message: `${sentence(code)} ${what}`, extensions: { code } }],
});
const NOT_HELD = refusal('FORBIDDEN_ACTION', 'x-role: 您不担任此角色。 You do not hold this role.');

const ACCESSES = {
  'a grant over students': {
    person: 'T0903',
    headers: { 'x-role': 'COUNSELLOR', 'x-purpose': 'ADMIN_REVIEW' },
    office: 'finance',
    query: FIELD('name bills { academicYear }'),
    answered: {
      data: {
        student: {
          name: '李思源',
          bills: [{ academicYear: '2025-2026' }, { academicYear: '2024-2025' }],
        },
      },
    },
    ended: lost('bills'),
    refused: NOT_HELD,
  },
  "a grant of an office's own people": {
    person: 'T1001',
    headers: { 'x-role': 'FIN_CLERK' },
    office: 'finance',
    query: '{ bills(first: 1) { nodes { billNo } } }',
    answered: { data: { bills: { nodes: [{ billNo: 'BILL-1-A' }] } } },
    ended: { data: { bills: null }, errors: [errorOf('NOT_FOUND', ['bills'])] },
    refused: NOT_HELD,
  },
  'a case': {
    person: 'T0701',
    headers: { 'x-case': 'EC-END' },
    office: 'youthleague',
    query: FIELD('name cadrePosts { post }'),
    answered: { data: { student: { name: '李思源', cadrePosts: [{ post: 'post-1' }] } } },
    ended: lost('cadrePosts'),
    refused: refusal('CASE_EXPIRED', 'x-case'),
  },
  'an audit': {
    person: 'T0901',
    headers: { 'x-reference': 'AU-END' },
    office: 'finance',
    query: FIELD('name payments { amountFen }'),
    answered: { data: { student: { name: '李思源', payments: [{ amountFen: 981_017 }] } } },
    ended: lost('payments'),
    refused: refusal('PURPOSE_REQUIRED', 'x-reference'),
  },
  'a consent, for the provider': {
    person: 'bank-b-01',
    headers: {},
    office: 'thirdparty',
    query: '{ consentRows(consentId: "CS-B-1") { cardOverdrafts { cardTail4 } } }',
    answered: { data: { consentRows: { cardOverdrafts: [{ cardTail4: '4321' }] } } },
    ended: { data: { consentRows: null }, errors: [errorOf('NOT_FOUND', ['consentRows'])] },
    refused: { data: { consentRows: null }, errors: [errorOf('NOT_FOUND', ['consentRows'])] },
  },
  'a consent, for the student': {
    person: STUDENT,
    headers: {},
    office: 'thirdparty',
    query: FIELD('name cardOverdrafts { cardTail4 }'),
    answered: { data: { student: { name: '李思源', cardOverdrafts: [{ cardTail4: '4321' }] } } },
    ended: { data: { student: { name: '李思源', cardOverdrafts: [] } } },
    refused: { data: { student: { name: '李思源', cardOverdrafts: [] } } },
  },
} satisfies Record<string, Access>;

const request = ({ person, headers, query }: Access): Promise<Answer> =>
  college.request(person, query, { headers });
/** The last call of the graph that came by. */
function lastCall(office: string): PassedCall {
  const call = before(office).calls.findLast(({ path }) => path === '/graphql');
  if (!call) throw new Error(`Nobody called ${office}.`);
  return call;
}

describe.each(Object.entries(ACCESSES))('%s', (_, access) => {
  const { office } = access;

  test('is answered one second before its end, and a request at its end is refused', async () => {
    atEnd(-1);
    expect(await request(access)).toEqual(access.answered);

    atEnd(0);
    expect(await request(access)).toEqual(access.refused);
  });

  test('that ends while the office is on its way ends there', async () => {
    for (const [seconds, expected] of [
      [-0.001, access.answered],
      [0, access.ended],
      [3, access.ended],
    ] as const) {
      atEnd(-1);
      const held = before(office).hold();
      const pending = request(access);
      const letGo = await held;
      atEnd(seconds);
      letGo();

      expect([seconds, await pending]).toEqual([seconds, expected]);
    }
  });

  test('that ended is no more in a call that was signed before, nor in one that is sent again', async () => {
    atEnd(-1);
    before(office).calls.splice(0);
    expect(await request(access)).toEqual(access.answered);
    const { path, headers, body } = lastCall(office);
    const again = () => post(new URL(path, college.started.addresses(office)), body, headers);

    const first = await again();
    atEnd(-0.001);
    expect(await again()).toEqual(first);
    atEnd(0);
    const after = await again();
    atEnd(14);
    const late = await again();

    expect([first.status, codesOf(first.body)]).toEqual([200, []]);
    expect([after.status, valuesOf(after.body)]).toEqual([200, []]);
    expect(late).toEqual(REFUSED);
  });
});

const PAGES: Readonly<Record<string, readonly [Access, list: string, rows: readonly string[]]>> = {
  'a grant over students': [ACCESSES['a grant over students'], 'students', [CLASSMATE, STUDENT]],
  "a grant of an office's own people": [
    ACCESSES["a grant of an office's own people"],
    'bills',
    [STUDENT, CLASSMATE],
  ],
  'a case': [ACCESSES['a case'], 'students', [CLASSMATE, STUDENT]],
};

test.each(Object.entries(PAGES))(
  '%s ends between two pages of a list (3.7(7))',
  async (_, [{ person, headers, refused }, list, [first, second]]) => {
    const page = (after: string | null) =>
      college.request(
        person,
        `query ($after: String) {
          ${list}(first: 1, after: $after) { nodes { studentNo } pageInfo { endCursor } } }`,
        { headers, variables: { after } },
      );
    const shown = (studentNo: string | undefined) => ({
      data: { [list]: { nodes: [{ studentNo }], pageInfo: { endCursor: expect.any(String) } } },
    });
    atEnd(-1);
    const begun = await page(null);
    expect(begun).toEqual(shown(first));
    const endCursor = endCursorOf(begun, list);

    atEnd(-0.001);
    expect(await page(endCursor)).toEqual(shown(second));
    atEnd(0);
    expect(await page(endCursor)).toEqual(refused);
  },
);

test('a consent ends between two pages of a list (3.7(7))', async () => {
  const page = (after: string | null) =>
    college.request(
      'bank-b-01',
      `query ($after: String) { cardOverdrafts(first: 1, after: $after) {
        nodes { cardTail4 } pageInfo { hasNextPage endCursor } } }`,
      { variables: { after } },
    );
  const shown = (nodes: unknown[], hasNextPage: boolean, endCursor: unknown) => ({
    data: { cardOverdrafts: { nodes, pageInfo: { hasNextPage, endCursor } } },
  });
  atEnd(-1);
  const begun = await page(null);
  expect(begun).toEqual(shown([{ cardTail4: '4322' }], true, expect.any(String)));
  const endCursor = endCursorOf(begun, 'cardOverdrafts');

  atEnd(-0.001);
  expect(await page(endCursor)).toEqual(shown([{ cardTail4: '4321' }], false, expect.any(String)));
  atEnd(0);
  expect(await page(endCursor)).toEqual(shown([], false, null));
});

/** Ends that nobody foresaw: what is changed, to what, and what it was. */
const TAKEN: Readonly<
  Record<string, readonly [Access, where: string, ended: string, before: string]>
> = {
  'a grant over students that is ended': [
    { ...ACCESSES['a grant over students'], person: 'T0101' },
    `admin_grant where staff_no = 'T0101'`,
    `state = 'ENDED'`,
    `state = 'ACTIVE'`,
  ],
  "a grant of an office's own people that is suspended": [
    {
      ...ACCESSES["a grant of an office's own people"],
      person: 'T1101',
      headers: { 'x-role': 'FIN_REVIEWER' },
    },
    `admin_grant where staff_no = 'T1101'`,
    `state = 'SUSPENDED'`,
    `state = 'ACTIVE'`,
  ],
  'a case that is decided': [
    ACCESSES['a case'],
    `evaluation_case where case_id = 'EC-END'`,
    `state = 'DECIDED'`,
    `state = 'OPEN'`,
  ],
  'an assignment that is revoked': [
    ACCESSES['a case'],
    `case_assignment where case_id = 'EC-END'`,
    `revoked_at = '${START}'`,
    'revoked_at = null',
  ],
  'an audit that is closed before its time': [
    ACCESSES['an audit'],
    `audit where audit_no = 'AU-END'`,
    `closes_at = '${START}'`,
    `closes_at = '${END}'`,
  ],
};

test.each(Object.entries(TAKEN))(
  '%s is over within 5 seconds, on the way and at the door',
  async (_, [access, where, ended, begun]) => {
    const [table, condition] = where.split(' where ');
    const put = (values: string) =>
      asOwner(college, 'archive', `update ${table} set ${values} where ${condition}`);
    for (const proxy of proxies.values()) proxy.calls.splice(0);
    const held = before(access.office).hold();
    const pending = request(access);
    const letGo = await held;

    await put(ended);
    atEnd(-5);
    letGo();
    const onItsWay = await pending;
    const replayed: unknown[] = [];
    for (const [office, { calls }] of proxies)
      for (const { path, headers, body } of calls.filter((call) => call.path === '/graphql')) {
        const again = await post(new URL(path, college.started.addresses(office)), body, headers);
        replayed.push(...valuesOf(again.body));
      }
    const atTheDoor = await request(access);
    await put(begun);

    expect(onItsWay).toEqual(access.ended);
    expect(replayed).toEqual([]);
    expect(atTheDoor).toEqual(access.refused);
    atEnd(-0.001);
    expect(await request(access)).toEqual(access.answered);
  },
);

function endCursorOf({ data }: Answer, list: string): string | null {
  const page = data?.[list] as { pageInfo: { endCursor: string } } | undefined;
  return page?.pageInfo.endCursor ?? null;
}

const codesOf = (body: unknown) =>
  ((body as Answer).errors ?? []).map(({ extensions }) => extensions['code']);

/** All leaves of an answer's data but nulls. */
function valuesOf(body: unknown): unknown[] {
  const leaves = (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];
  return leaves((body as Answer).data).filter((leaf) => leaf !== null && leaf !== STUDENT);
}
