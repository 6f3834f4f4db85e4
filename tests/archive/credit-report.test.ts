/**
 * Reports that a student hands over: on paper with a check code, and as a credential that is verified
 * offline; who may issue, make, revoke and verify them (Z2.1, G21, L-09, 3.4 note 7, 3.6).
 */
import { createHash } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { USUAL_LIMITS } from '@chengxin/gateway/limits/settings';
import { reportPdf } from '@chengxin/gateway/report/report.pdf';
import { startGateway } from '@chengxin/gateway/server';
import { readIssuerKeys, rotateIssuerKeys } from '@chengxin/kit/call/issuer-keys';
import { exportJWK, generateKeyPair, SignJWT, type JSONWebKeySet } from 'jose';
import { request as http } from 'undici';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { consentPlan } from '../change/consent.plan.js';
import { archiveInState } from '../change/archive.plan.js';
import { bringReferences, CALLERS, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { besideIt } from '../support/gateway-beside.js';
import { runJob } from '../support/jobs.js';
import { mutate, refusalsOf } from '../support/mutate.js';
import { aRun } from '../support/runs.js';
import { verifyPresentation, type Published } from '../support/sd-jwt-verifier.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';

const OTHER = '2024010305';
const AT = '2026-04-12T10:00:00+08:00';
const WHO = { issuer: 'https://login.invalid', audience: 'x' };
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const FIELDS = 'reportId version state validity checkCode form issuedOn expiresAt reportTemplate';

let college: TestCollege;
let origin: string;
beforeAll(async () => {
  college = await startCollege({ at: AT });
  ({ origin } = college.gateway);
  await bringReferences(college);
  await college.bring('academics', 'summaries', [
    {
      学号: STUDENT,
      平均绩点: '3.62',
      已获学分: '60',
      排名区间: '前10%',
      学业预警: '无',
      毕业资格: '合格',
    },
  ]);
});
beforeEach(async () => {
  college.clock.set(AT);
  // Twenty of them run at a time.
  await run('delete from credit_report');
});
afterAll(() => college.stop());

const run = (sql: string, ...values: unknown[]) => asOwner(college, 'archive', sql, values);

/** An own consent to a report of a template. */
async function consentTo(template = 'CONDUCT', studentNo = STUDENT): Promise<string> {
  const actor = { role: 'STU_SELF' as const, person: studentNo };
  const { id } = await consentPlan.seed(college, studentNo, 'GRANTED', actor, '');
  await run('update consent set report_template = $2 where consent_id = $1', id, template);
  return id;
}
interface Report {
  readonly id: string;
  readonly version: number;
  readonly checkCode: string;
  readonly came: string;
  readonly row: Readonly<Record<string, unknown>>;
}
async function issue(
  name: string,
  consentId: string,
  { validDays = 30, ...args }: Record<string, unknown> = {},
  person = STUDENT,
): Promise<Report> {
  const { came, row } = await mutate(college, person, {
    name,
    noun: 'CreditReport',
    args: { consentId, validDays, ...args },
    fields: FIELDS,
  });
  const { reportId, version, checkCode } = (row ?? {}) as unknown as Record<string, string>;
  return {
    id: reportId ?? '',
    version: Number(version),
    checkCode: checkCode ?? '',
    came,
    row: row ?? {},
  };
}
const paper = (consentId: string, args?: Record<string, unknown>) =>
  issue('issueCreditReport', consentId, args);
const credential = (consentId: string, args?: Record<string, unknown>) =>
  issue('issueCredential', consentId, args);

interface Taken {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
}
async function make(
  { id, checkCode }: Pick<Report, 'id' | 'checkCode'>,
  more: object = {},
  person: string | null = STUDENT,
  headers: Record<string, string> = {},
): Promise<Taken> {
  const login = person ? { authorization: `Bearer ${await college.token(person)}` } : {};
  const answer = await http(`${origin}/reports/${id}`, {
    method: 'POST',
    headers: { ...login, ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ checkCode, ...more }),
  });
  const bytes = Buffer.from(await answer.body.bytes());
  return { status: answer.statusCode, headers: answer.headers, bytes };
}
const codeOf = ({ status, bytes }: Taken): string => {
  const { errors } = JSON.parse(bytes.toString()) as {
    errors: { extensions: { code: string } }[];
  };
  return `${status} ${errors[0]?.extensions.code}`;
};
const get = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await http(`${origin}${path}`, { headers });
  return {
    status: answer.statusCode,
    headers: answer.headers,
    text: await answer.body.text(),
  };
};
const verify = async (code: string): Promise<unknown> =>
  JSON.parse((await get(`/verify/${code}`)).text);
const revoke = (report: Report, person = STUDENT, args: object = {}, headers = {}) =>
  mutate(
    college,
    person,
    {
      name: 'revokeCredential',
      noun: 'CreditReport',
      args: { id: report.id, expectedVersion: report.version, ...args },
      fields: 'state validity',
    },
    headers,
  );
const withdraw = (consentId: string) =>
  mutate(college, STUDENT, {
    name: 'withdrawConsent',
    noun: 'Consent',
    args: { id: consentId, expectedVersion: 1 },
    fields: 'state',
  });
const textOf = async ({ bytes }: Taken) => {
  const { totalPages, text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), {
    mergePages: true,
  });
  return { totalPages, text: text.replaceAll(/\s+/g, ' ') };
};
const UNKNOWN = { validity: 'UNKNOWN', issuedOn: null };
const ISSUED = { issuedOn: '2026-04-12' };

describe('On paper', () => {
  test('G21: it says what the template has and nothing beyond, once, with its code (3.6)', async () => {
    const report = await paper(await consentTo());
    expect(report.row).toMatchObject({
      state: 'ISSUED',
      validity: null,
      form: 'PAPER',
      issuedOn: '2026-04-12',
      expiresAt: '2026-05-12T02:00:00.000Z',
      reportTemplate: 'CONDUCT',
    });
    expect(await verify(report.checkCode)).toEqual(UNKNOWN);
    const made = await make(report);
    expect([made.status, made.headers]).toMatchObject([
      200,
      {
        'content-type': 'application/pdf',
        'cache-control': 'no-store',
        'content-disposition': expect.stringMatching(/R-2026-04-12-[0-9A-F]{8}\.pdf/) as string,
      },
    ]);
    const { totalPages, text } = await textOf(made);
    expect(totalPages).toBe(1);
    for (const part of [
      '学生信用报告 Student Credit Report',
      '接收方 For：示范企业',
      '签发日期 Issued：2026-04-12 有效期至 Valid until：2026-05-12',
      STUDENT,
      '信用等级 Credit grade',
      '平均绩点 GPA：3.62',
      '守信记录 Good conduct',
      `/verify/${report.checkCode}`,
    ])
      expect(text).toContain(part);
    for (const part of ['信用分', '失信记录', '课程成绩', '信用承诺', 'Academic misconduct'])
      expect(text).not.toContain(part);
    expect(codeOf(await make(report))).toBe('404 NOT_FOUND');
    expect(await verify(report.checkCode)).toEqual({ validity: 'VALID', ...ISSUED });
  });

  test('it explains the grade, names each day once, and no page of it is its closing words alone', async () => {
    const report = {
      reportId: 'R',
      form: 'PAPER',
      template: 'CONDUCT',
      groups: [],
      watermark: 'R-2026-04-12-00000000',
      recipientName: '示范企业',
      schoolName: '示范学院',
      statusIdx: 0,
      issuedAt: AT,
      expiresAt: '2026-05-12T10:00:00+08:00',
    } as const;
    const pagesOf = async (practices: number): Promise<string[]> => {
      const goodRecord = {
        occurredOn: '2025-09-01',
        indicatorCode: 'P-03',
        level: 'SCHOOL',
        summary: '志愿服务，2025-09-01 至 2025-12-31',
      };
      const content = {
        CREDIT_GRADE: { grade: 'B', asOf: '2026-01-31', ruleSetVersion: 'CR-2026.1' },
        GOOD_CONDUCT: {
          goodRecords: [goodRecord, { ...goodRecord, occurredOn: '2024-03-05', summary: null }],
          practices: Array.from({ length: practices }, () => ({ activity: '实践', hours: '8' })),
        },
      };
      const bytes = await reportPdf(report, content, `${origin}/verify/c`);
      const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)));
      return text.map((page) => page.replaceAll(/\s+/g, ' '));
    };
    const [only = ''] = await pagesOf(1);
    for (const part of ['A 优', 'B 良', 'C 中', 'D 差', 'P-03，2024-03-05（校级 School）'])
      expect(only).toContain(part);
    expect(only.match(/2025-09-01/g)).toHaveLength(1);
    // From a report of one page to one whose closing words begin the second.
    const counts = Array.from({ length: 16 }, (_, more) => 27 + more);
    const reports: string[][] = [];
    for (const count of counts) reports.push(await pagesOf(count));
    expect(new Set(reports.map((pages) => pages.length))).toEqual(new Set([1, 2]));
    for (const pages of reports) {
      for (const page of pages) expect(page).toContain('· 实践 8 小时 h');
      expect(pages.at(-1)).toContain('本报告由学生本人');
      expect(pages.at(-1)).toContain('the code says.');
    }
  });

  test('whose file it is, and that it is that very file, a digest says', async () => {
    const report = await paper(await consentTo('STUDY'));
    const { bytes } = await make(report);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await verify(`${report.checkCode}?sha256=${sha256}`)).toMatchObject({
      isDocument: true,
    });
    const altered = createHash('sha256').update(`${sha256}.`).digest('hex');
    expect(await verify(`${report.checkCode}?sha256=${altered}`)).toMatchObject({
      validity: 'VALID',
      isDocument: false,
    });
    expect(await verify(`unknown?sha256=${sha256}`)).toMatchObject({
      validity: 'UNKNOWN',
      isDocument: false,
    });
    expect((await get(`/verify/${report.checkCode}?sha256=1`)).status).toBe(400);
  });

  test.each([
    ['a wrong code', { checkCode: 'no' }, STUDENT],
    ['another student', {}, OTHER],
  ])('%s makes no document of it', async (_, more, person) => {
    const report = await paper(await consentTo());
    expect(codeOf(await make(report, more, person))).toBe('404 NOT_FOUND');
    expect(await verify(report.checkCode)).toEqual(UNKNOWN);
  });

  test('its document is of the day of its issue: after an hour none is made', async () => {
    const report = await paper(await consentTo());
    college.clock.set('2026-04-12T11:00:00+08:00');
    expect(codeOf(await make(report))).toBe('404 NOT_FOUND');
  });

  test('withdrawn between issue and document, nothing leaves (L-09)', async () => {
    const consentId = await consentTo();
    const report = await paper(consentId);
    await withdraw(consentId);
    expect(codeOf(await make(report))).toBe('404 NOT_FOUND');
  });

  test.each([
    ['too few days', 'GRANTED', 6, ['VALIDATION validDays']],
    ['too many days', 'GRANTED', 181, ['VALIDATION validDays']],
    ['a consent that is not given', 'REQUESTED', 30, ['STATE_CONFLICT']],
    ['a consent that was withdrawn', 'WITHDRAWN', 30, ['STATE_CONFLICT']],
  ])('with %s it is not issued', async (_, state, validDays, refusals) => {
    const actor = { role: 'STU_SELF' as const, person: STUDENT };
    const { id } = await consentPlan.seed(college, STUDENT, state, actor, '');
    const name = 'issueCreditReport';
    const args = { consentId: id, validDays };
    const came = await mutate(college, STUDENT, {
      name,
      noun: 'CreditReport',
      args,
      fields: 'state',
    });
    expect(refusalsOf(came, name)).toEqual(refusals);
  });

  test('a replay shows no code, and no column holds one', async () => {
    const consentId = await consentTo();
    const args = { clientMutationId: 'report-1' };
    const first = await paper(consentId, args);
    const again = await paper(consentId, args);
    expect([again.came, again.id, again.checkCode]).toEqual(['OK', first.id, '']);
    const rows = await run(
      `select r::text || s::text as text from credit_report r
       join report_status s on s.idx = r.status_idx where r.id = $1`,
      first.id,
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(first.checkCode);
  });

  test('the making is in the log of who looked, under the name of the recipient (INV-12)', async () => {
    const consentId = await consentTo();
    await run(
      'update consent set recipient_name = $2 where consent_id = $1',
      consentId,
      '收报企业',
    );
    await make(await paper(consentId));
    await college.settle();
    const events = `{ myAccessLog(first: 20) { nodes { actorDisplay actorRole purpose
      groups { group effect } } } }`;
    const { data } = await college.request(STUDENT, events);
    const { nodes } = (data ?? {})['myAccessLog'] as {
      nodes: { actorDisplay: string; groups: { group: string; effect: string }[] }[];
    };
    const event = nodes.find(({ actorDisplay }) => actorDisplay.includes('收报企业'));
    expect(event).toMatchObject({ actorRole: 'EMPLOYER_TOKEN', purpose: 'EMPLOYER_REPORT' });
    expect(event?.groups.map(({ group }) => group)).toEqual(
      expect.arrayContaining(['IDENTITY', 'CREDIT_GRADE', 'GOOD_CONDUCT']),
    );
  });
});

describe('Whoever verifies it (G21, 6)', () => {
  test('learns how it stands and since when, as JSON or as a page, and no name', async () => {
    const report = await paper(await consentTo());
    await make(report);
    const page = await get(`/verify/${report.checkCode}`, { accept: 'text/html' });
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    expect(page.text).toContain('有效 Valid');
    expect(page.text).toContain('2026-04-12');
    const unknown = await get('/verify/no-such-code', { accept: 'text/html' });
    expect([unknown.status, page.status]).toEqual([200, 200]);
    expect(unknown.text).toContain('查无此码');
    const json = await get(`/verify/${report.checkCode}`);
    expect(JSON.parse(json.text)).toEqual({ validity: 'VALID', ...ISSUED });
    for (const { text } of [page, json])
      for (const said of [STUDENT, '示范企业', '李']) expect(text).not.toContain(said);
  });

  test('costs the same and is answered alike, whether there is such a code or not', async () => {
    const report = await paper(await consentTo());
    await make(report);
    const asked = async (code: string) => {
      const { result, statements } = await countStatements(() => get(`/verify/${code}`));
      const { status, headers, text } = result;
      const shape = Object.keys(JSON.parse(text) as object);
      return [status, Object.keys(headers).toSorted(), shape, statements.length];
    };
    await asked('warm');
    expect(await asked(report.checkCode)).toEqual(await asked('A'.repeat(22)));
  });

  test('is counted for the student, and nothing of him is kept', async () => {
    const report = await paper(await consentTo());
    await make(report);
    await verify(report.checkCode);
    college.clock.set('2026-04-13T10:00:00+08:00');
    await verify(report.checkCode);
    const { data } = await college.request(
      STUDENT,
      '{ myReports { reportId timesVerified lastVerifiedAt validity } }',
    );
    expect(data?.['myReports']).toContainEqual({
      reportId: report.id,
      timesVerified: 2,
      lastVerifiedAt: '2026-04-13T02:00:00.000Z',
      validity: 'VALID',
    });
  });

  test('reads that it was taken back, withdrawn, expired or superseded (L-09, SC-09)', async () => {
    const [first, second] = [await consentTo(), await consentTo()];
    const [taken, withdrawn, lasting] = [
      await paper(first),
      await paper(second),
      await paper(await consentTo(), { validDays: 7 }),
    ];
    for (const one of [taken, withdrawn, lasting]) await make(one);
    expect(await revoke(taken)).toMatchObject({
      came: 'OK',
      row: { state: 'REVOKED', validity: 'REVOKED' },
    });
    expect((await withdraw(second)).came).toBe('OK');
    const validities = async () =>
      Promise.all(
        [taken, withdrawn, lasting].map(
          async ({ checkCode }) => ((await verify(checkCode)) as { validity: string }).validity,
        ),
      );
    expect(await validities()).toEqual(['REVOKED', 'REVOKED', 'VALID']);
    await aRun(college, { runId: '2026H1', cutOffAt: '2026-04-13T00:00:00Z' });
    college.clock.set('2026-04-14T10:00:00+08:00');
    expect(await validities()).toEqual(['REVOKED', 'REVOKED', 'SUPERSEDED']);
    college.clock.set('2026-04-19T10:00:00+08:00');
    expect(await validities()).toEqual(['REVOKED', 'REVOKED', 'EXPIRED']);
    await run(`delete from evaluation_run where run_id = '2026H1'`);
  });

  test('reads that the same recipient was given a later one', async () => {
    const consentId = await consentTo();
    const [older, later] = [await paper(consentId), await paper(consentId)];
    await make(older);
    await run(
      `update credit_report set issued_at = issued_at + interval '1 s' where id = $1`,
      later.id,
    );
    expect(await verify(older.checkCode)).toMatchObject({ validity: 'VALID' });
    await make(later);
    expect(await verify(older.checkCode)).toMatchObject({ validity: 'SUPERSEDED' });
    expect(await verify(later.checkCode)).toMatchObject({ validity: 'VALID' });
  });
});

describe('As a credential (RFC 9901)', () => {
  const published = async (): Promise<Published> => ({
    jwks: JSON.parse((await get('/.well-known/jwks.json')).text) as JSONWebKeySet,
    statusList: (await get('/status-lists/1')).text,
  });
  const check = async (presented: string, options: object = {}) =>
    verifyPresentation(presented, await published(), { now: college.clock.now(), ...options });
  const statusIdxOf = ({ id }: Report) =>
    run('select status_idx as idx from credit_report where id = $1', id);

  test('what the student keeps to himself is not in it; whoever verifies needs the keys alone', async () => {
    const report = await credential(await consentTo('FULL'));
    const made = await make(report, { groups: ['IDENTITY', 'ACADEMIC_SUMMARY'] });
    expect([made.status, made.headers['content-type']]).toEqual([200, 'application/dc+sd-jwt']);
    const presented = made.bytes.toString();
    const { claims, digests } = await check(presented);
    expect(claims).toMatchObject({
      iss: origin,
      vct: `${origin}/credentials/credit-report`,
      identity: { studentNo: STUDENT },
      academic_summary: { gpa: '3.62' },
    });
    expect(
      Object.keys(claims).filter((name) => /credit|conduct|grades|entries/.test(name)),
    ).toEqual([]);
    expect(digests).toBe(12);
    // Nobody reads from it whose it is before he discloses that.
    const [token = '', identity = ''] = presented.split('~');
    expect(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).not.toContain(STUDENT);
    const less = `${token}~${presented.split('~').slice(2).join('~')}`;
    expect(identity).not.toBe('');
    expect((await check(less)).claims).not.toHaveProperty('identity');
    const type = JSON.parse((await get('/credentials/credit-report')).text) as { vct: string };
    expect(type.vct).toBe(claims['vct']);
    const metadata = JSON.parse((await get('/.well-known/jwt-vc-issuer')).text) as {
      issuer: string;
    };
    expect(metadata.issuer).toBe(origin);
  });

  test('altered, or with more than was signed, it is none', async () => {
    const consentId = await consentTo();
    const presented = (await make(await credential(consentId))).bytes.toString();
    const other = (await make(await credential(await consentTo('FULL')))).bytes.toString();
    const [token = '', ...rest] = presented.split('~');
    const [head, body = '', signature] = token.split('.');
    const payload = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
    const later = Buffer.from(JSON.stringify({ ...payload, exp: 4_000_000_000 }));
    const altered = [head, later.toString('base64url'), signature].join('.');
    await expect(check([altered, ...rest].join('~'))).rejects.toThrow('signature');
    const disclosure = Buffer.from(JSON.stringify(['salt', 'credit_grade', { grade: 'A' }]));
    const forged = [token, disclosure.toString('base64url'), ''].join('~');
    await expect(check(forged)).rejects.toThrow('OVER_DISCLOSED');
    const [, foreign] = other.split('~');
    await expect(check([token, foreign, ''].join('~'))).rejects.toThrow('OVER_DISCLOSED');
    expect(Object.keys((await check(presented)).claims)).toContain('credit_grade');
  });

  test('taken back, withdrawn, superseded or expired, it fails; the list names nobody', async () => {
    const second = await consentTo();
    const [taken, withdrawn, lasting] = [
      await credential(await consentTo()),
      await credential(second),
      await credential(await consentTo(), { validDays: 7 }),
    ];
    const presented = [
      (await make(taken)).bytes.toString(),
      (await make(withdrawn)).bytes.toString(),
      (await make(lasting)).bytes.toString(),
    ];
    const failures = async () =>
      Promise.all(
        presented.map((one) =>
          check(one).then(
            () => 'VALID',
            (error: Error) => error.message,
          ),
        ),
      );
    expect(await failures()).toEqual(['VALID', 'VALID', 'VALID']);
    await revoke(taken);
    await withdraw(second);
    college.clock.set('2026-04-12T10:00:05+08:00');
    expect(await failures()).toEqual(['REVOKED', 'REVOKED', 'VALID']);
    const list = await get('/status-lists/1');
    expect(list.headers).toMatchObject({
      'content-type': 'application/statuslist+jwt',
      'cache-control': 'public, max-age=60',
      'access-control-allow-origin': '*',
    });
    const said = Buffer.from(list.text.split('.')[1] ?? '', 'base64url').toString();
    expect(Object.keys(JSON.parse(said) as object).toSorted()).toEqual([
      'exp',
      'iat',
      'status_list',
      'sub',
      'ttl',
    ]);
    await aRun(college, { runId: '2026H2', cutOffAt: '2026-04-13T00:00:00Z' });
    college.clock.set('2026-04-14T10:00:00+08:00');
    expect(await failures()).toEqual(['REVOKED', 'REVOKED', 'SUPERSEDED']);
    await run(`delete from evaluation_run where run_id = '2026H2'`);
    college.clock.set('2026-04-19T10:00:01+08:00');
    expect((await failures())[2]).toContain('"exp" claim');
    const [one, other] = [await statusIdxOf(taken), await statusIdxOf(withdrawn)];
    expect(one).not.toEqual(other);
  });

  test('bound to a key of the student, it is shown by whoever has that key alone', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const holderKey = await exportJWK(publicKey);
    const report = await credential(await consentTo());
    expect(codeOf(await make(report, { holderKey: await exportJWK(privateKey) }))).toBe(
      '400 VALIDATION',
    );
    const presented = (await make(report, { holderKey })).bytes.toString();
    const options = { audience: 'https://employer.invalid', nonce: 'n-1' };
    const proof = (by: typeof privateKey, nonce: string) =>
      new SignJWT({
        aud: options.audience,
        nonce,
        iat: 1,
        sd_hash: createHash('sha256').update(presented).digest('base64url'),
      })
        .setProtectedHeader({ alg: 'ES256', typ: 'kb+jwt' })
        .sign(by);
    const bound = `${presented}${await proof(privateKey, 'n-1')}`;
    expect((await check(bound, options)).claims).toHaveProperty('credit_grade');
    const thief = await generateKeyPair('ES256');
    await expect(
      check(`${presented}${await proof(thief.privateKey, 'n-1')}`, options),
    ).rejects.toThrow('signature');
    await expect(check(`${presented}${await proof(privateKey, 'n-0')}`, options)).rejects.toThrow(
      'NO_HOLDER',
    );
    await expect(check(presented, options)).rejects.toThrow('NO_HOLDER');
  });

  test.each([
    ['a group that the template does not have', 'issueCredential', { groups: ['CREDIT_SCORE'] }],
    ['no group', 'issueCredential', { groups: [] }],
    [
      'groups of a report on paper, where a gap is read as guilt',
      'issueCreditReport',
      { groups: ['IDENTITY'] },
    ],
  ])('%s is refused', async (_, name, more) => {
    const report = await issue(name, await consentTo());
    expect(codeOf(await make(report, more))).toBe('400 VALIDATION');
    expect((await make(report)).status).toBe(200);
  });

  test('keys are changed while what they signed is still verified; who looks up too often waits', async () => {
    const presented = (await make(await credential(await consentTo()))).bytes.toString();
    const folder = await mkdtemp(join(tmpdir(), 'chengxin-issuer-'));
    await cp(college.keys, folder, { recursive: true });
    await rotateIssuerKeys(folder);
    const credentials = readIssuerKeys(folder);
    const limits = { ...USUAL_LIMITS, perAddress: 3 };
    const beside = await startGateway(
      await besideIt(college, WHO, { credentials, publicUrl: origin, limits }),
    );
    try {
      const of = async (path: string) => (await http(`${beside.origin}${path}`)).body.text();
      const jwks = JSON.parse(await of('/.well-known/jwks.json')) as JSONWebKeySet;
      expect(jwks.keys).toHaveLength(2);
      expect(jwks.keys.some((key) => 'd' in key)).toBe(false);
      const statusList = await of('/status-lists/1');
      const now = college.clock.now();
      const { claims } = await verifyPresentation(presented, { jwks, statusList }, { now });
      expect(claims).toHaveProperty('credit_grade');
      // Signed by the new key, the list is none for whoever knows the old one alone.
      const old = { ...(await published()), statusList };
      await expect(verifyPresentation(presented, old, { now })).rejects.toThrow(
        'no applicable key',
      );
      // The third and the fourth from this address in a minute (3.1): codes cannot be tried out.
      expect((await http(`${beside.origin}/verify/one`)).statusCode).toBe(200);
      const fourth = await http(`${beside.origin}/verify/two`);
      expect([fourth.statusCode, Number(fourth.headers['retry-after'])]).toEqual([
        429,
        expect.any(Number),
      ]);
    } finally {
      await beside.stop();
      await rm(folder, { recursive: true });
    }
  });
});

describe('Who may', () => {
  test.each(CALLERS.filter(([role]) => role !== 'STU_SELF'))(
    '%s makes no document, and reads whose report it is nowhere',
    async (role, person, headers) => {
      const consentId = await consentTo();
      const report = await paper(consentId);
      const { status } = await make(report, {}, person, headers);
      expect([401, 403, 404]).toContain(status);
      const query = `{ myReports { reportId } student(studentNo: "${STUDENT}") {
        creditReports { reportId state reportTemplate consentId timesVerified } } }`;
      const answer = await college.request(person, query, { headers });
      const { student } = (answer.data ?? {}) as {
        student?: { creditReports: readonly object[] | null } | null;
      };
      const found = student?.creditReports ?? [];
      const row = {
        reportId: report.id,
        state: 'ISSUED',
        reportTemplate: null,
        consentId: null,
        timesVerified: null,
      };
      expect(found).toEqual(role === 'SCHOOL_ADMIN' ? [row] : []);
      expect((answer.data ?? {})['myReports'] ?? []).toEqual([]);
    },
  );

  test('Student Affairs takes a report back with a reason (Z2.1)', async () => {
    const report = await paper(await consentTo());
    await make(report);
    const named = { reason: '' };
    expect((await revoke(report, 'T0001', named, REVIEW)).came).toBe('VALIDATION');
    expect((await revoke(report, 'T0110', {}, REVIEW)).came).toBe('FORBIDDEN_ACTION');
    expect((await revoke(report, 'T0001', {}, REVIEW)).came).toBe('OK');
    expect(await verify(report.checkCode)).toEqual({ validity: 'REVOKED', ...ISSUED });
  });

  test('twenty run at a time, and one more once one was taken back', async () => {
    const consentId = await consentTo();
    const all: Report[] = [];
    for (let n = 0; n < 20; n++) all.push(await paper(consentId));
    expect(all.map(({ came }) => came)).toEqual(Array.from({ length: 20 }, () => 'OK'));
    expect((await paper(consentId)).came).toBe('STATE_CONFLICT');
    await revoke(all[0]!);
    expect((await paper(consentId)).came).toBe('OK');
  });

  test('statements do not grow with the reports of a list', async () => {
    const count = async () => {
      const query = '{ myReports { reportId validity timesVerified } }';
      const { statements } = await countStatements(() => college.request(STUDENT, query));
      return statements.length;
    };
    await make(await paper(await consentTo()));
    const one = await count();
    for (let n = 0; n < 4; n++) await make(await paper(await consentTo()));
    expect(await count()).toBe(one);
  });

  test('an alumnus hands reports over; once he is destroyed they are revoked and gone (F-08, INV-11)', async () => {
    await archiveInState(college, STUDENT, 'CLOSED');
    const report = await paper(await consentTo());
    expect((await make(report)).status).toBe(200);
    expect(await verify(report.checkCode)).toMatchObject({ validity: 'VALID' });
    await run(
      `update archive set state = 'RETAINED', opened_on = '2020-09-01', closed_on = '2024-01-01',
         retention_until = '2026-01-01' where student_no = $1`,
      STUDENT,
    );
    await runJob(college, 'archive', 'retention');
    expect(await run('select 1 from credit_report where student_no = $1', STUDENT)).toEqual([]);
    expect(await verify(report.checkCode)).toEqual({ validity: 'REVOKED', ...ISSUED });
  });
});
