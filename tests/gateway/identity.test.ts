import { startGateway } from '@chengxin/gateway/server';
import { sentence, type ErrorCode } from '@chengxin/kit/errors';
import { request } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { besideIt } from '../support/gateway-beside.js';
import { keepLog } from '../support/log-lines.js';
import { post, type Posted } from '../support/post.js';
import { asOwner } from '../support/sql.js';
import { errorOf } from '../support/straight.js';
import { train } from '../support/trainings.js';

const AT = '2026-04-12T10:00:00+08:00';
/** Class 20240103 of college C01, and class 20250204 of college C02. */
const LI = '2024010317';
const ZHAO = '2025020415';

const { log, lines } = keepLog('warn');
let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: AT, log });
  await train(college, 'T0101', '2025-08-25');
  await college.bring('archive', 'grants', [
    grant('T0101', 'COLLEGE_ADMIN', 'C02'),
    grant('T0201', 'COUNSELLOR', '20240201'),
    grant('T0902', 'COUNSELLOR', '20240103', '2026-04-12 10:00:10'),
    grant('T0903', 'COUNSELLOR', '20240103', '', '2026-04-12 10:00:10'),
  ]);
  await college.bring('archive', 'cases', [
    evaluation('EC-AWARD', '评优', 'T0701'),
    evaluation('EC-OTHER', '评优', 'T0702'),
    evaluation('EC-AID', '资助', 'T0701'),
    evaluation('EC-MOVED', '评优', 'T0701'),
  ]);
  await college.bring('archive', 'audits', [audit('AU-1', 'T0901'), audit('AU-2', 'T0801')]);
});
afterEach(() => college.clock.set(AT));
afterAll(() => college.stop());

const grant = (staffNo: string, role: string, orgCode: string, from = '', to = '') => ({
  工号: staffNo,
  角色: role,
  机构代码: orgCode,
  生效时间: from || '2025-09-01 00:00:00',
  失效时间: to,
  培训编号: '',
});
const evaluation = (caseId: string, purpose: string, evaluator: string) => ({
  评审编号: caseId,
  用途: purpose,
  名称: caseId,
  主办部门: 'SAO',
  开始时间: '2026-04-12 09:00:00',
  结束时间: '2026-04-12 11:00:00',
  学生学号: LI,
  评审人工号: evaluator,
});
const audit = (auditNo: string, staffNo: string) => ({
  审计编号: auditNo,
  工号: staffNo,
  名称: auditNo,
  开始时间: '2026-04-12 09:00:00',
  结束时间: '2026-04-12 11:00:00',
});

const nameOf = (studentNo: string) => `{ student(studentNo: "${studentNo}") { name } }`;

/** Request as somebody; the status and the whole answer. */
async function as(
  person: string | null,
  headers: Record<string, string>,
  query = nameOf(LI),
): Promise<Posted> {
  const bearer = person ? { authorization: `Bearer ${await college.token(person)}` } : {};
  return post(college.gateway.url, JSON.stringify({ query }), { ...bearer, ...headers });
}
/** Seconds and milliseconds after ten o'clock. */
const pass = (seconds: number) =>
  college.clock.set(new Date(Date.parse(AT) + seconds * 1000).toISOString());

const answered = (data: unknown): Posted => ({ status: 200, body: { data } });
const LI_NAMED = answered({ student: { name: '李思源' } });
const ZHAO_NAMED = answered({ student: { name: '赵文博' } });
const NOT_THERE: Posted = {
  status: 200,
  body: { data: { student: null }, errors: [errorOf('NOT_FOUND', ['student'])] },
};
const refused = (status: number, code: ErrorCode, what = ''): Posted => ({
  status,
  body: { errors: [{ message: `${sentence(code)}${what && ` ${what}`}`, extensions: { code } }] },
});
const UNAUTHENTICATED = refused(401, 'UNAUTHENTICATED');
const NOT_HELD = refused(
  403,
  'FORBIDDEN_ACTION',
  'x-role: 您不担任此角色。 You do not hold this role.',
);

const NO_GRANT: Posted = {
  status: 403,
  body: {
    errors: [
      {
        message: `${sentence('FORBIDDEN_ACTION')} 您已登录，但尚无任何授权，请联系本部门管理员。 You are logged in, but nobody has granted you anything: ask the administrator of your office.`,
        extensions: { code: 'FORBIDDEN_ACTION', reason: 'NO_GRANT' },
      },
    ],
  },
};

const ADMIN = { 'x-purpose': 'ADMIN_REVIEW' };
const COUNSELLOR = { ...ADMIN, 'x-role': 'COUNSELLOR' };
const COLLEGE_ADMIN = { ...ADMIN, 'x-role': 'COLLEGE_ADMIN' };

describe('one request, one role (ARCH §3)', () => {
  test('the only role may be left out', async () => {
    expect(await as('T0401', {}, `{ student(studentNo: "${LI}") { name sex } }`)).toEqual({
      status: 200,
      body: {
        data: { student: { name: '李思源', sex: null } },
        errors: [
          errorOf('FORBIDDEN_FIELD', ['student', 'sex'], {
            group: 'SENSITIVE_IDENTITY',
            clause: 'FG02',
            rule: 'FIN_CLERK.FG02',
          }),
        ],
      },
    });
    expect(await as('T0401', { 'x-role': 'FIN_CLERK' })).toEqual(LI_NAMED);
    expect(await as('T0401', { 'x-role': '', 'x-purpose': '' })).toEqual(LI_NAMED);
  });

  test('of several roles one is named', async () => {
    expect(await as('T0101', ADMIN)).toEqual(
      refused(400, 'VALIDATION', 'x-role: 请指明一个角色。 Name one of COLLEGE_ADMIN, COUNSELLOR.'),
    );
  });

  test.each([
    ['T0401', 'FIN_REVIEWER'],
    ['T0401', 'fin_clerk'],
    ['T0401', 'FIN_CLERK, FIN_REVIEWER'],
    ['T0401', 'PUBLIC'],
    ['T0401', 'STU_SELF'],
    [LI, 'COUNSELLOR'],
    [LI, 'STAFF_SELF'],
  ])('%s does not hold the role %s', async (person, role) => {
    expect(await as(person, { 'x-role': role })).toEqual(NOT_HELD);
  });

  test('the orgs of one role are taken together', async () => {
    const list = '{ students { nodes { studentNo } } }';
    expect(await as('T0201', COUNSELLOR, list)).toEqual(
      answered({
        students: {
          nodes: ['2024020111', '2024020130', ZHAO].map((studentNo) => ({ studentNo })),
        },
      }),
    );
  });

  test('several roles are never merged', async () => {
    expect(await as('T0101', COUNSELLOR)).toEqual(LI_NAMED);
    expect(await as('T0101', COUNSELLOR, nameOf(ZHAO))).toEqual(NOT_THERE);

    expect(await as('T0101', COLLEGE_ADMIN)).toEqual(NOT_THERE);
    expect(await as('T0101', COLLEGE_ADMIN, nameOf(ZHAO))).toEqual(ZHAO_NAMED);
  });

  test('a student requests as himself, of himself alone', async () => {
    expect(await as(LI, {})).toEqual(LI_NAMED);
    expect(await as(LI, { 'x-role': 'STU_SELF' })).toEqual(LI_NAMED);
    expect(await as(LI, {}, nameOf(ZHAO))).toEqual(NOT_THERE);
  });

  test('staff without a grant request as themselves', async () => {
    const mine = '{ me { person { id } roles { role } } }';

    expect(await as('T0903', { 'x-role': 'STAFF_SELF' }, mine)).toEqual(
      answered({
        me: {
          person: { id: 'T0903' },
          roles: [{ role: 'STAFF_SELF' }, { role: 'COUNSELLOR' }, { role: 'SYS_OPERATOR' }],
        },
      }),
    );
  });
});

describe('purposes (DOMAIN 3.1b)', () => {
  const OPEN = 'x-purpose: ADMIN_REVIEW, AID_REVIEW.';

  test('a role with several purposes names one of its own', async () => {
    const role = { 'x-role': 'COUNSELLOR' };
    const missing = refused(403, 'PURPOSE_REQUIRED', OPEN);

    expect(await as('T0101', role)).toEqual(missing);
    expect(await as('T0101', { ...role, 'x-purpose': 'AUDIT' })).toEqual(missing);
    expect(await as('T0101', { ...role, 'x-purpose': 'admin_review' })).toEqual(missing);
    expect(await as('T0101', { ...role, 'x-purpose': '__proto__' })).toEqual(missing);
    expect(await as('T0101', { ...role, 'x-purpose': 'ADMIN_REVIEW' })).toEqual(LI_NAMED);
  });

  test('the only purpose of a role follows from it, and another one is not taken', async () => {
    expect(await as('T0401', { 'x-purpose': 'OFFICE_DUTY' })).toEqual(LI_NAMED);
    expect(await as('T0401', { 'x-purpose': 'ADMIN_REVIEW' })).toEqual(
      refused(403, 'PURPOSE_REQUIRED', 'x-purpose: OFFICE_DUTY.'),
    );
  });

  test('a purpose that needs a reference is not had without one that is known', async () => {
    const aid = { 'x-role': 'COUNSELLOR', 'x-purpose': 'AID_REVIEW' };
    const missing = refused(403, 'PURPOSE_REQUIRED', 'x-reference');

    expect(await as('T0101', aid)).toEqual(missing);
    expect(await as('T0101', { ...aid, 'x-reference': 'AU-1' })).toEqual(missing);
    expect(await as('T0101', { ...aid, 'x-reference': 'EC-AID' })).toEqual(missing);
  });
});

describe('cases (INV-09)', () => {
  const inCase = (caseId: string) => ({ 'x-role': 'EV_AWARD', 'x-case': caseId });
  const ENDED = refused(403, 'CASE_EXPIRED', 'x-case');
  const NOT_YOURS = refused(403, 'CASE_SCOPE', 'x-case');

  test('an evaluator names his case, and sees its students alone', async () => {
    expect(await as('T0701', {})).toEqual(refused(403, 'PURPOSE_REQUIRED', 'x-case'));
    expect(await as('T0701', inCase('EC-AWARD'))).toEqual(LI_NAMED);
    expect(await as('T0701', inCase('EC-AWARD'), nameOf(ZHAO))).toEqual(NOT_THERE);
  });

  test.each([
    ['that there is not', 'EC-NONE'],
    ['of another evaluator', 'EC-OTHER'],
    ['of another purpose', 'EC-AID'],
  ])('a case %s is CASE_SCOPE', async (_, caseId) => {
    expect(await as('T0701', inCase(caseId))).toEqual(NOT_YOURS);
  });

  test('a case is open from its first instant to its last, and not at its end', async () => {
    pass(-3600.001);
    expect(await as('T0701', inCase('EC-AWARD'))).toEqual(ENDED);
    pass(-3600);
    expect(await as('T0701', inCase('EC-AWARD'))).toEqual(LI_NAMED);
    pass(3599.999);
    expect(await as('T0701', inCase('EC-AWARD'))).toEqual(LI_NAMED);
    pass(3600);
    expect(await as('T0701', inCase('EC-AWARD'))).toEqual(ENDED);
  });

  test.each([
    ['that is decided', `update evaluation_case set state = 'DECIDED' where case_id = 'EC-MOVED'`],
    [
      'that was moved away from now',
      `update evaluation_case set closes_at = '2026-04-12 09:30+08' where case_id = 'EC-MOVED'`,
    ],
    [
      'whose seat begins later',
      `update case_assignment set valid_from = '2026-04-12 10:30+08' where case_id = 'EC-MOVED'`,
    ],
    [
      'whose seat was taken back',
      `update case_assignment set revoked_at = '2026-04-12 10:00+08' where case_id = 'EC-MOVED'`,
    ],
  ])('a case %s is over within 5 seconds (INV-21)', async (_, sql) => {
    const before = await asOwner(college, 'archive', CASE_ROWS);
    expect(await as('T0701', inCase('EC-MOVED'))).toEqual(LI_NAMED);

    await asOwner(college, 'archive', sql);
    pass(5);
    const after = await as('T0701', inCase('EC-MOVED'));
    await asOwner(college, 'archive', RESTORE, [JSON.stringify(before[0])]);
    pass(10);

    expect(after).toEqual(ENDED);
    expect(await as('T0701', inCase('EC-MOVED'))).toEqual(LI_NAMED);
  });

  test('a student to whom the evaluator declared a relation is not there for him (F-02)', async () => {
    await asOwner(
      college,
      'archive',
      `insert into relation_declaration values ('T0701', $1, 'RELATIVE', '2026-04-01')`,
      [LI],
    );

    expect(await as('T0701', inCase('EC-AWARD'))).toEqual(NOT_THERE);

    await asOwner(college, 'archive', 'delete from relation_declaration');
  });
});

const CASE_ROWS = `
  select c.state, c.closes_at, a.valid_from, a.revoked_at
  from evaluation_case c join case_assignment a using (case_id) where case_id = 'EC-MOVED'`;
const RESTORE = `
  with was as (select * from jsonb_to_record($1::jsonb)
    as r(state text, closes_at timestamptz, valid_from timestamptz, revoked_at timestamptz)),
  seat as (update case_assignment a set valid_from = was.valid_from, revoked_at = was.revoked_at
    from was where a.case_id = 'EC-MOVED')
  update evaluation_case c set state = was.state, closes_at = was.closes_at
  from was where c.case_id = 'EC-MOVED'`;

describe('audits (DOMAIN 3.4)', () => {
  const MISSING = refused(403, 'PURPOSE_REQUIRED', 'x-reference');
  const own = { 'x-reference': 'AU-1' };

  test('an auditor names an audit of his own, and reads student by student', async () => {
    expect(await as('T0901', {})).toEqual(MISSING);
    expect(await as('T0901', { 'x-reference': 'AU-NONE' })).toEqual(MISSING);
    expect(await as('T0901', { 'x-reference': 'AU-2' })).toEqual(MISSING);
    expect(await as('T0901', own)).toEqual(LI_NAMED);
    expect(await as('T0901', own, '{ students { nodes { name } } }')).toEqual(
      answered({ students: { nodes: [] } }),
    );
  });

  test('an audit is open until its end, and not at it', async () => {
    pass(3599.999);
    expect(await as('T0901', own)).toEqual(LI_NAMED);
    pass(3600);
    expect(await as('T0901', own)).toEqual(MISSING);
  });
});

describe('who somebody is', () => {
  test('who is logged in without a grant gets an error that says so, whatever role he requests in, and stands in the log', async () => {
    lines.splice(0);

    expect(await as('T9999', {})).toEqual(NO_GRANT);
    expect(await as('T9999', { 'x-role': 'SCHOOL_ADMIN' })).toEqual(NO_GRANT);
    const question = { office: 'finance', actions: ['finance.import'], target: 'a'.repeat(64) };
    const authorization = `Bearer ${await college.token('T9999')}`;
    const url = `${college.gateway.origin}/authority`;
    expect(await post(url, JSON.stringify(question), { authorization })).toEqual(NO_GRANT);

    expect(lines.map(({ part, msg, reason, subject }) => [part, msg, reason, subject])).toEqual(
      Array.from({ length: 3 }, () => [
        'gateway',
        'somebody is logged in and unknown',
        'NO_GRANT',
        'T9999',
      ]),
    );
  });

  test('a token ends within 5 seconds of its end (INV-21)', async () => {
    const authorization = `Bearer ${await college.token('T0401')}`;
    const send = () =>
      post(college.gateway.url, JSON.stringify({ query: nameOf(LI) }), { authorization });

    pass(899.999);
    expect(await send()).toEqual(LI_NAMED);
    pass(905);
    expect(await send()).toEqual(UNAUTHENTICATED);
  });

  test.each([['Bearer x'], ['Bearer '], ['Basic VDAwMDE6eA=='], ['']])(
    'what is no token is nobody, not the public: %s',
    async (authorization) => {
      expect(await as(null, { authorization })).toEqual(UNAUTHENTICATED);
    },
  );

  test('why a token is refused stands in the log, and nowhere else', async () => {
    lines.splice(0);

    await as(null, { authorization: 'Bearer x' });

    expect(lines.map(({ part, msg, err }) => [part, msg, err?.message])).toEqual([
      ['gateway', 'nobody could be made out', 'Invalid Compact JWS'],
    ]);
  });

  test('without a token one is the public: rules are read, and nothing else (DOMAIN 3.1)', async () => {
    const query = `{
      codeSets(name: "sex") { name }
      me { person { id } }
      student(studentNo: "${LI}") { name }
      students { nodes { name } }
      bills { nodes { billNo } }
    }`;
    const shut = (field: string, group: string, clause: string) =>
      errorOf('FORBIDDEN_FIELD', [field], { group, clause, rule: `PUBLIC.${clause}` });

    expect(await as(null, { 'x-role': 'SCHOOL_ADMIN', ...ADMIN }, query)).toEqual({
      status: 200,
      body: {
        data: {
          codeSets: [{ name: 'sex' }],
          me: null,
          student: null,
          students: null,
          bills: null,
        },
        errors: [
          errorOf('UNAUTHENTICATED', ['me'], {
            group: 'AUTHENTICATED',
            clause: '2.7',
            rule: 'PUBLIC.AUTHENTICATED',
          }),
          errorOf('NOT_FOUND', ['student']),
          shut('students', 'IDENTITY', 'FG01'),
          shut('bills', 'TUITION', 'FG16'),
        ],
      },
    });
  });
});

describe('what ends a grant ends the access within 5 seconds (INV-21)', () => {
  const ANSWERED = answered({ __typename: 'Query' });

  test.each([
    ['ended', `update admin_grant set state = 'ENDED' where staff_no = 'T0902'`],
    ['suspended', `update admin_grant set state = 'SUSPENDED' where staff_no = 'T0902'`],
    [
      'given an end that has passed',
      `update admin_grant set valid_to = '2026-04-12 10:00:04+08'
       where staff_no = 'T0902' and role = 'LEADING_GROUP'`,
    ],
    ['taken away', `delete from admin_grant where staff_no = 'T0902'`],
  ])('when it is %s', async (_, sql) => {
    const rows = await asOwner(college, 'archive', GRANTS);
    const send = () => as('T0902', { 'x-role': 'LEADING_GROUP' }, '{ __typename }');
    expect(await send()).toEqual(ANSWERED);

    await asOwner(college, 'archive', sql);
    pass(5);
    const after = await send();
    await asOwner(college, 'archive', `delete from admin_grant where staff_no = 'T0902'`);
    await asOwner(college, 'archive', PUT_BACK, [JSON.stringify(rows)]);
    pass(10);

    expect(after).toEqual(NOT_HELD);
    expect(await send()).toEqual(ANSWERED);
  });

  test('a grant whose end is known ends at that instant, and begins at its own', async () => {
    pass(9.999);
    expect(await as('T0903', COUNSELLOR)).toEqual(LI_NAMED);
    expect(await as('T0902', COUNSELLOR)).toEqual(NOT_HELD);

    pass(10);
    expect(await as('T0903', COUNSELLOR)).toEqual(NOT_HELD);
    expect(await as('T0902', COUNSELLOR)).toEqual(LI_NAMED);
  });
});

const GRANTS = `select * from admin_grant where staff_no = 'T0902'`;
const PUT_BACK = `
  insert into admin_grant select * from jsonb_populate_recordset(null::admin_grant, $1::jsonb)`;

describe('requests', () => {
  const url = () => college.gateway.url;

  test('several operations in one request are refused (ARCH §6)', async () => {
    const one = { query: '{ __typename }' };
    const batched = {
      status: 400,
      body: {
        errors: [{ message: 'Operation batching disabled.', extensions: { code: 'VALIDATION' } }],
      },
    };

    expect(await post(url(), JSON.stringify([one, one]))).toEqual(batched);
    expect(await post(url(), JSON.stringify([one]))).toEqual(batched);
  });

  test('a request by GET is refused', async () => {
    const answer = await request(`${url()}?query=${encodeURIComponent('{ __typename }')}`);

    const { errors } = (await answer.body.json()) as { errors: unknown };
    expect({ status: answer.statusCode, allow: answer.headers['allow'], errors }).toEqual({
      status: 405,
      allow: 'POST',
      errors: [{ message: `${sentence('VALIDATION')} POST.`, extensions: { code: 'VALIDATION' } }],
    });
  });

  test('a body above 256 KiB is BODY_TOO_LARGE, before the caller is identified', async () => {
    const authorization = 'Bearer x';
    const body = (bytes: number) => JSON.stringify({ query: '{ __typename }' }).padEnd(bytes);

    expect(await post(url(), body(256 * 1024 + 1), { authorization })).toEqual(
      refused(413, 'BODY_TOO_LARGE'),
    );
    expect(await post(url(), body(256 * 1024))).toEqual(answered({ __typename: 'Query' }));
  });

  test.each([
    ['is no JSON', '{'],
    ['is a text', '"x"'],
    ['is null', 'null'],
    ['has no query', '{}'],
    ['does not parse', '{"query":"{"}'],
    [
      'names an operation that it has not',
      '{"query":"query A { __typename }","operationName":"B"}',
    ],
    [
      'does not say which of its operations',
      '{"query":"query A { __typename } query B { __typename }"}',
    ],
  ])(
    'a request that %s gets an error that says what is wrong, and no fault of ours',
    async (_, body) => {
      const { status, body: answer } = await post(url(), body);

      const { errors } = answer as { errors: { extensions: unknown }[] };
      expect([status, errors.map(({ extensions }) => extensions)]).toEqual([
        400,
        [{ code: 'VALIDATION' }],
      ]);
    },
  );

  test('a persisted operation that is not known gets an error that says so', async () => {
    const body = '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}';

    expect(await post(url(), body)).toEqual({
      status: 200,
      body: {
        errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'OPERATION_UNKNOWN' } }],
      },
    });
  });

  test('a form of another site is not taken for a request', async () => {
    const { status } = await post(url(), '{"query":"{ __typename }"}', {
      'content-type': 'text/plain',
    });

    expect(status).toBe(400);
  });

  test('introspection is answered where it is switched on, and refused elsewhere (DOMAIN 3.7(9))', async () => {
    const query = JSON.stringify({ query: '{ __schema { queryType { name } } }' });
    const nobody = { issuer: 'https://nobody.invalid', audience: 'nobody' };
    const closed = await startGateway(await besideIt(college, nobody));

    expect(await post(url(), query)).toEqual(
      answered({ __schema: { queryType: { name: 'Query' } } }),
    );
    expect(await post(closed.url, query)).toEqual(refused(400, 'VALIDATION'));
    await closed.stop();
  });
});
