/** A person’s own copy of all that is held of him, from every office, as JSON and as PDF (L-11, F-08, 3.6). */
import { digest } from '@chengxin/kit/call/crypto';
import { request as http } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { extractText, getDocumentProxy } from 'unpdf';
import { STUDENTS } from '../privacy/allowed.js';
import { consentPlan } from '../change/consent.plan.js';
import { MARKER, markerWord, placeCanaries, type Canary } from '../privacy/canaries.js';
import { rollOf } from '../privacy/roll.js';
import { bringLife } from '../privacy/student-life.js';
import { bringReferences } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { mutate } from '../support/mutate.js';
import { put } from '../support/put.js';
import { schemaOf, selectAll } from '../support/selection.js';
import { asOwner } from '../support/sql.js';
import { bringFacts } from '../support/student-facts.js';

const [STUDENT = '', CLASSMATE = ''] = STUDENTS;
const AT = '2026-04-12T10:00:00+08:00';
const OWN = { role: 'STU_SELF', person: STUDENT } as const;
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const MARK = '仅供本人使用，不作为证明';

let college: TestCollege;
let canaries: readonly Canary[];
const run = (sql: string, ...values: unknown[]) => asOwner(college, 'archive', sql, values);

beforeAll(async () => {
  college = await startCollege({ at: AT });
  await college.bring('archive', 'students', rollOf(markerWord));
  await bringReferences(college);
  await bringFacts(college, STUDENTS, markerWord);
  await bringLife(college, STUDENTS, markerWord);
  canaries = await placeCanaries(college, STUDENTS, []);
  await run(
    `with request as (
       select n, gen_random_uuid() as id from generate_series(1, 150) n
     ), event as (
       insert into access_event (id, request_id, student_no, at, actor, actor_role, actor_name,
         purpose, operation_name)
       select id || '/' || $1, id, $1, timestamptz '2026-04-01' + n * interval '1 minute', 'T0101',
         'COUNSELLOR', '王老师', 'ADMIN_REVIEW', 'Look' from request
     )
     insert into access_call (call_id, part, request_id, office, student_nos, allowed, masked, denied)
     select gen_random_uuid(), 1, id, 'archive', array[$1], '{IDENTITY}', '{}', '{}' from request`,
    STUDENT,
  );
}, 240_000);
beforeEach(async () => {
  college.clock.set(AT);
  await run(`delete from operation_log where action = 'archive.export'`);
  await run('update archive set last_export_at = null');
});
afterAll(() => college.stop());

interface Taken {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
}

async function take(
  person: string | null = STUDENT,
  query = '',
  headers: Record<string, string> = {},
): Promise<Taken> {
  const login = person ? { authorization: `Bearer ${await college.token(person)}` } : {};
  const answer = await http(`${college.gateway.origin}/exports/my-archive${query}`, {
    headers: { ...login, ...headers },
  });
  const bytes = Buffer.from(await answer.body.bytes());
  return { status: answer.statusCode, headers: answer.headers, bytes };
}

interface OwnRecord {
  readonly office: string;
  readonly name: string;
  readonly content: unknown;
}
interface Copy {
  readonly records: readonly OwnRecord[];
  readonly changes: readonly unknown[];
  readonly access: readonly { readonly operationName: string | null }[];
}
const copyOf = ({ bytes }: Taken): Copy & Record<string, unknown> =>
  JSON.parse(bytes.toString()) as Copy & Record<string, unknown>;
const codeOf = ({ status, bytes }: Taken): [number, string | undefined] => {
  const { errors } = JSON.parse(bytes.toString()) as {
    errors: { extensions: { code?: string } }[];
  };
  return [status, errors[0]?.extensions.code];
};
const markersIn = (text: string): Set<string> => new Set(text.match(MARKER));

/** What buttons say, what follows from the export itself, and what is null. */
const BESIDE: ReadonlySet<string> = new Set(['availableActions', 'accessEvents', 'lastExportAt']);
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key, one]) => one !== null && !BESIDE.has(key));
  return Object.fromEntries(kept.map(([key, one]) => [key, bare(one)]));
}
const writtenDown = () =>
  run(`select actor, role, target from operation_log where action = 'archive.export'`);

/** All rows of a list of his own, page by page. */
async function everyRow(list: string, fields: string): Promise<unknown[]> {
  const rows: unknown[] = [];
  let after: string | null = null;
  do {
    const query = `query ($after: String) { ${list}(first: 50, after: $after) {
      nodes ${fields} pageInfo { hasNextPage endCursor } } }`;
    const { data } = await college.request(STUDENT, query, { variables: { after } });
    const { nodes, pageInfo } = (data ?? {})[list] as {
      nodes: unknown[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
    rows.push(...nodes);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after);
  return rows;
}

describe('As JSON', () => {
  test('it has a stated shape of a version', async () => {
    const taken = await take();
    expect(taken.status).toBe(200);
    expect(taken.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="chengxin-${STUDENT}.json"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    const { records, changes, access, sealed, ...rest } = copyOf(taken);
    expect(rest).toEqual({
      format: 'chengxin.own-archive',
      version: 1,
      purpose: { zh: MARK, en: 'For the person’s own use, not a proof' },
      exportedAt: '2026-04-12T02:00:00.000Z',
      exportId: taken.headers['x-request-id'],
      studentNo: STUDENT,
    });
    expect(records.every((one) => Object.keys(one).join() === 'office,name,content')).toBe(true);
    expect([changes, access, sealed].every(Array.isArray)).toBe(true);
  });

  test('it holds exactly what the graph shows him, of every office', async () => {
    const { records } = copyOf(await take());
    const schema = await schemaOf(college);
    const query = `{ me { student ${selectAll(schema, 'Student')} } }`;
    const { data } = await college.request(STUDENT, query);
    const { student } = (data ?? {})['me'] as { student: Record<string, unknown> };
    const copied = Object.assign(
      {},
      ...records.map(({ name, content }) => (name === 'profile' ? content : { [name]: content })),
    ) as object;
    expect(bare(copied)).toEqual(bare(student));
    expect([...new Set(records.map(({ office }) => office))].toSorted()).toEqual([
      'academics',
      'archive',
      'finance',
      'security',
      'thirdparty',
      'youthleague',
    ]);
    const of = (field: string) => records.find(({ name }) => name === field)?.office;
    expect(
      ['profile', 'grades', 'bills', 'lawViolations', 'cadrePosts', 'phoneBills'].map(of),
    ).toEqual(['archive', 'academics', 'finance', 'security', 'youthleague', 'thirdparty']);
  });

  test('nothing of anybody else is in it, and nothing that the tables shut for him', async () => {
    const text = (await take()).bytes.toString();
    const found = markersIn(text);
    const others = canaries.filter(
      ({ studentNo, value }) => studentNo !== STUDENT && found.has(value),
    );
    expect(others.map(({ value }) => value)).toEqual([]);
    expect(found.size).toBeGreaterThan(100);
    expect(text).not.toContain(CLASSMATE);
  });

  test('it has the whole of who has looked, and of what was changed', async () => {
    const { access, changes } = copyOf(await take());
    const schema = await schemaOf(college);
    await run(`delete from operation_log where action = 'archive.export'`);
    expect(bare(access)).toEqual(
      bare(await everyRow('myAccessLog', selectAll(schema, 'AccessEvent'))),
    );
    expect(access.filter(({ operationName }) => operationName === 'Look')).toHaveLength(150);
    expect(bare(changes)).toEqual(
      bare(await everyRow('operationLog', selectAll(schema, 'OperationLog'))),
    );
  });

  test('that it was taken stands in the log and with the archive; his version stays', async () => {
    const version = () => run('select version from archive where student_no = $1', STUDENT);
    const before = await version();
    await take();
    expect(await writtenDown()).toEqual([
      { actor: STUDENT, role: 'STU_SELF', target: `Archive ${STUDENT} ${STUDENT}` },
    ]);
    expect(await version()).toEqual(before);
    const query = '{ me { student { archive { lastExportAt } } } }';
    expect((await college.request(STUDENT, query)).data).toEqual({
      me: { student: { archive: { lastExportAt: '2026-04-12T02:00:00.000Z' } } },
    });
  });
});

/** A report of a template in the student’s hand, and all that a token of the same consent opens. */
async function reportAndToken(template: string) {
  const { id } = await consentPlan.seed(college, STUDENT, 'GRANTED', OWN, '');
  await run(
    `update consent set report_template = $2, field_groups = '[]' where consent_id = $1`,
    id,
    template,
  );
  const { row } = await mutate(college, STUDENT, {
    name: 'issueCreditReport',
    noun: 'CreditReport',
    args: { consentId: id, validDays: 30 },
    fields: 'reportId checkCode',
  });
  const { reportId, checkCode } = row as unknown as { reportId: string; checkCode: string };
  const authorization = `Bearer ${await college.token(STUDENT)}`;
  const made = await http(`${college.gateway.origin}/reports/${reportId}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ checkCode }),
  });
  const pdf = await getDocumentProxy(new Uint8Array(await made.body.bytes()));
  const { text } = await extractText(pdf, { mergePages: true });
  const token = `token-${template}`;
  await put(college, 'archive', 'report_token', {
    token_hash: digest(token),
    student_no: STUDENT,
    consent_id: id,
    recipient_uscc: '91990000MA0000004L',
    report_template: template,
    max_views: 2,
    issued_at: '2026-04-10T01:00:00Z',
    expires_at: '2026-05-10T01:00:00Z',
    watermark: 'E-2026-EXPORT',
    state: 'ISSUED',
  });
  const query = `{ employerReport { student ${selectAll(await schemaOf(college), 'Student')} } }`;
  const headers = { 'x-report-token': token };
  const { data } = await college.request(null, query, { headers });
  return { text, shown: JSON.stringify(data) };
}

describe('A report that he hands over', () => {
  test.each(['STUDY', 'CONDUCT', 'FULL'])(
    'of template %s says nothing that its recipient would not read by a token (3.4 note 7, 3.6)',
    async (template) => {
      const { text, shown } = await reportAndToken(template);
      const [said, open] = [markersIn(text), markersIn(shown)];
      expect(said.size).toBeGreaterThan(3);
      expect([...said].filter((marker) => !open.has(marker))).toEqual([]);
    },
  );
});

describe('As PDF', () => {
  test('each page says that it is the person’s own and no proof, in Chinese', async () => {
    const taken = await take(STUDENT, '?format=pdf');
    expect([taken.status, taken.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect(taken.headers['content-disposition']).toBe(
      `attachment; filename="chengxin-${STUDENT}.pdf"`,
    );
    const pdf = await getDocumentProxy(new Uint8Array(taken.bytes));
    const { totalPages, text } = await extractText(pdf, { mergePages: false });
    expect(totalPages).toBeGreaterThan(5);
    const marked = text.filter(
      (page, i) =>
        page.includes(`${MARK} For the person’s own use, not a proof`) &&
        page.includes(STUDENT) &&
        page.includes(`第 ${i + 1} 页 / 共 ${totalPages} 页`),
    );
    expect(marked).toHaveLength(totalPages);
    for (const words of [
      `学号 studentNo: ${STUDENT}`,
      '课程成绩 grades · 教务处',
      '申诉 appeals · 学生处',
    ])
      expect(text.join('\n')).toContain(words);
  });

  test('it says what the JSON says', async () => {
    const json = (await take()).bytes.toString();
    const { bytes } = await take(STUDENT, '?format=pdf');
    const pdf = await getDocumentProxy(new Uint8Array(bytes));
    const { text } = await extractText(pdf, { mergePages: true });
    const written = markersIn(text.replaceAll(/\s/g, ''));
    expect([...markersIn(json)].filter((marker) => !written.has(marker))).toEqual([]);
  });
});

describe('Who may take one, and when', () => {
  test.each(['CLOSED', 'RETAINED'])('an alumnus whose archive is %s still may', async (state) => {
    const set = `update archive set state = $1, closed_on = '2026-04-01' where student_no = $2`;
    await run(set, state, STUDENT);
    expect((await take()).status).toBe(200);
    await run(set, 'ACTIVE', STUDENT);
  });

  test('nobody else takes one, whoever he is', async () => {
    expect(codeOf(await take(null))).toEqual([401, 'UNAUTHENTICATED']);
    expect(codeOf(await take('T0001', '', REVIEW))).toEqual([403, 'FORBIDDEN_ACTION']);
    expect(codeOf(await take('T0101', '', REVIEW))).toEqual([403, 'FORBIDDEN_ACTION']);
    expect(codeOf(await take('T0110', '', { 'x-role': 'STAFF_SELF' }))).toEqual([
      403,
      'FORBIDDEN_ACTION',
    ]);
    expect(await writtenDown()).toEqual([]);
  });

  test('another form is refused by its name', async () => {
    expect(codeOf(await take(STUDENT, '?format=xml'))).toEqual([400, 'VALIDATION']);
  });

  test.each(['finance', 'thirdparty', 'archive'])(
    'without %s there is no copy at all, and none is written down',
    async (office) => {
      college.divert(office, 'http://127.0.0.1:9');
      const came = await take();
      college.divert(office);
      expect(codeOf(came)).toEqual([503, 'SUBGRAPH_UNAVAILABLE']);
      expect(came.bytes.toString()).not.toMatch(MARKER);
      expect(await writtenDown()).toEqual([]);
    },
  );

  test('five a day, and more the day after', async () => {
    for (let copy = 0; copy < 5; copy += 1) expect((await take()).status).toBe(200);
    college.clock.set('2026-04-12T12:00:00+08:00');
    const sixth = await take();
    expect(codeOf(sixth)).toEqual([429, 'RATE_LIMITED']);
    expect(sixth.headers['retry-after']).toBe(String(22 * 3600));
    expect(sixth.bytes.toString()).not.toMatch(MARKER);
    expect((await take(CLASSMATE)).status).toBe(200);
    college.clock.set('2026-04-13T10:00:01+08:00');
    expect((await take()).status).toBe(200);
  });
});
