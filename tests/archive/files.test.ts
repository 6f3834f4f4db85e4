/** Files of students: uploaded, scanned, and fetched by whoever sees what they prove (F-14, INV-12). */
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CALL_HEADER, signCall } from '@chengxin/kit/call/call';
import { readKeyring } from '@chengxin/kit/call/keyring';
import { FILE_AT_MOST } from '@chengxin/kit/call/file-bounds';
import { sentence, type ErrorCode } from '@chengxin/kit/errors';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { disclosedTo } from '../support/access-log.js';
import { useArchive } from '../support/archive-in-use.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { EICAR, startIcap, type IcapStandIn } from '../support/icap-stand-in.js';
import { importer } from '../support/imports.js';
import { runJob } from '../support/jobs.js';
import { EnumValue, mutate, on, type Outcome } from '../support/mutate.js';
import { asOwner } from '../support/sql.js';

const STUDENT = '2024010317';
const OTHER = '2024010305';
const ADMIN = 'T0110';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const AT = '2026-04-12T10:00:00+08:00';

let college: TestCollege;
let icap: IcapStandIn;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chengxin-store-'));
  icap = await startIcap();
  const files = { store: { folder }, scanner: icap.settings };
  college = await startCollege({ at: AT, files });
});
beforeEach(async () => {
  college.clock.set(AT);
  icap.mood = 'SCANS';
  await useArchive(college, STUDENT);
});
afterAll(async () => {
  await college.stop();
  await icap.stop();
  await rm(folder, { recursive: true });
});

interface Fetched {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
}
type Headers = Readonly<Record<string, string>>;

async function call(
  method: 'GET' | 'POST',
  path: string,
  person: string | null,
  headers: Headers = {},
  body?: Buffer,
): Promise<Fetched> {
  const login = person ? { authorization: `Bearer ${await college.token(person)}` } : {};
  const { origin } = college.gateway;
  const all = { ...login, ...headers };
  const answer = await request(`${origin}${path}`, { method, headers: all, body: body ?? null });
  const bytes = Buffer.from(await answer.body.bytes());
  return { status: answer.statusCode, headers: answer.headers, bytes };
}
const said = ({ status, bytes }: Fetched): unknown => ({
  status,
  body: JSON.parse(bytes.toString()) as unknown,
});
const refusedWith = (status: number, code: ErrorCode, what?: string, more: object = {}) => ({
  status,
  body: {
    errors: [
      {
        message: what ? `${sentence(code)} ${what}` : sentence(code),
        extensions: { ...more, code },
      },
    ],
  },
});
const NOT_FOUND = refusedWith(404, 'NOT_FOUND');
const QUARANTINE = refusedWith(
  409,
  'STATE_CONFLICT',
  '文件尚未通过安全扫描。 The file has not passed its scan.',
);

/** Bytes of a document that no other has. */
const pdf = (more = ''): Buffer => Buffer.from(`%PDF-1.4\n${randomUUID()}\n${more}`);
const upload = (bytes: Buffer, person: string | null = STUDENT, headers: Headers = {}) =>
  call('POST', '/files', person, headers, bytes);
const fetchFile = (id: string, person: string | null = STUDENT, headers: Headers = {}) =>
  call('GET', `/files/${id}`, person, headers);
const scan = () => runJob(college, 'archive', 'scanFiles');

async function uploaded(bytes = pdf(), person = STUDENT): Promise<string> {
  const { bytes: answer } = await upload(bytes, person);
  return (JSON.parse(answer.toString()) as { id: string }).id;
}
const save = (proofs: readonly string[]): Promise<Outcome> =>
  mutate(college, STUDENT, {
    name: 'saveEntryDraft',
    noun: 'SelfEntry',
    args: {
      kind: new EnumValue('PROJECT'),
      title: randomUUID(),
      role: '开发',
      startOn: '2025-07-01',
      proofs,
    },
  });
/** A file that was scanned and proves an entry that waits for its review. */
async function proving(bytes = pdf()): Promise<string> {
  const id = await uploaded(bytes);
  await scan();
  const { row } = await save([id]);
  await mutate(college, STUDENT, { name: 'submitEntry', noun: 'SelfEntry', args: on(row) });
  return id;
}
const stored = async (id: string) => {
  const [row] = await asOwner<{ state: string; storedAs: string; hasKey: boolean }>(
    college,
    'archive',
    `select state, stored_as as "storedAs", k.file_id is not null as "hasKey"
     from file f left join file_key k on k.file_id = f.id where f.id = $1`,
    [id],
  );
  return row!;
};
const pathOf = (name: string): string => join(folder, name.slice(0, 2), name);
const isStored = async (name: string): Promise<boolean> =>
  (await readdir(join(folder, name.slice(0, 2)))).includes(name);

describe('From upload to download', () => {
  test('a file waits in quarantine; scanned, who uploaded it has the same bytes, to be saved', async () => {
    const bytes = pdf();
    const answer = await upload(bytes);
    const { id, ...file } = JSON.parse(answer.bytes.toString()) as { id: string };
    expect(answer.status).toBe(201);
    expect(file).toEqual({
      mediaType: 'application/pdf',
      size: bytes.length,
      state: 'QUARANTINED',
    });
    expect(said(await fetchFile(id))).toEqual(QUARANTINE);
    await scan();
    const fetched = await fetchFile(id);
    expect(fetched.status).toBe(200);
    expect(fetched.bytes).toEqual(bytes);
    expect(fetched.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${id}.pdf"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  });

  test('what lies in the store is encrypted, and named by its hash; what was changed is not handed out', async () => {
    const bytes = pdf();
    const id = await uploaded(bytes);
    await scan();
    const { storedAs } = await stored(id);
    const sealed = await readFile(pathOf(storedAs));
    expect(sealed.includes(bytes)).toBe(false);
    expect(createHash('sha256').update(sealed).digest('hex')).toBe(storedAs);
    sealed[sealed.length - 1]! ^= 1;
    await writeFile(pathOf(storedAs), sealed);
    expect((await fetchFile(id)).status).toBe(503);
  });

  test('each upload leaves a line in the log', async () => {
    const id = await uploaded();
    const lines = await asOwner(
      college,
      'archive',
      `select actor, action, target from operation_log where target_id = $1`,
      [id],
    );
    expect(lines).toEqual([
      { actor: STUDENT, action: 'file.upload', target: `File ${id} ${STUDENT}` },
    ]);
  });
});

describe('The scanner (F-14)', () => {
  test('an infected file is destroyed, key and bytes, and proves nothing', async () => {
    const id = await uploaded(pdf(EICAR));
    const { storedAs } = await stored(id);
    await scan();
    expect(await stored(id)).toEqual({ state: 'INFECTED', storedAs, hasKey: false });
    expect(await isStored(storedAs)).toBe(false);
    expect(said(await fetchFile(id))).toEqual(QUARANTINE);
    expect((await save([id])).came).toBe('VALIDATION');
    const lines = await asOwner(
      college,
      'archive',
      `select actor, action from operation_log where target_id = $1 order by id desc limit 1`,
      [id],
    );
    expect(lines).toEqual([{ actor: 'job:scanFiles', action: 'file.scan' }]);
  });

  test('what it does not clear stays, and is tried again behind the others', async () => {
    const id = await uploaded();
    icap.mood = 'UNCLEAR';
    await scan();
    expect((await stored(id)).state).toBe('QUARANTINED');
    icap.mood = 'SILENT';
    await expect(scan()).rejects.toThrow();
    expect((await stored(id)).state).toBe('QUARANTINED');
    expect(said(await fetchFile(id))).toEqual(QUARANTINE);
    icap.mood = 'SCANS';
    await scan();
    expect((await stored(id)).state).toBe('CLEAN');
  });
});

describe('Who fetches a file: whoever sees what it proves, with its proofs', () => {
  test('the reviewers of the student, each with an access event before a byte leaves (INV-12)', async () => {
    const bytes = pdf();
    const id = await proving(bytes);
    const before = (await disclosedTo(college, STUDENT, 'file.download')).length;
    expect((await fetchFile(id, ADMIN, REVIEW)).bytes).toEqual(bytes);
    const events = await disclosedTo(college, STUDENT, 'file.download');
    expect(events.length).toBe(before + 1);
    expect(events[0]).toMatchObject({
      actorRole: 'COLLEGE_ADMIN',
      purpose: 'ADMIN_REVIEW',
      groups: { IDENTITY: 'ALLOW', SELF_ENTRY_DRAFTS: 'ALLOW' },
    });
    expect((await fetchFile(id, 'T0001', REVIEW)).bytes).toEqual(bytes);
  });

  test('others find nothing, as of a number that is no file’s', async () => {
    const id = await proving();
    const none = randomUUID();
    for (const [person, headers] of [
      [OTHER, {}],
      ['T0210', REVIEW],
      ['T0301', {}],
      ['T0601', {}],
    ] as const) {
      expect([person, said(await fetchFile(id, person, headers))]).toEqual([person, NOT_FOUND]);
      expect([person, said(await fetchFile(none, person, headers))]).toEqual([person, NOT_FOUND]);
    }
    expect(said(await fetchFile('1'))).toEqual(NOT_FOUND);
    expect(said(await fetchFile('..%2Fhealth'))).toEqual(NOT_FOUND);
  });

  test.each([
    ['a counsellor', 'T0101', 'COUNSELLOR', REVIEW],
    ['an auditor', 'T0901', 'AUDITOR', {}],
  ])('%s takes no such action', async (_, person, _role, headers) => {
    const id = await proving();
    const { status, bytes } = await fetchFile(id, person, headers);
    expect(status).toBe(403);
    expect(bytes.toString()).toMatch(/FORBIDDEN_ACTION|PURPOSE_REQUIRED/);
  });

  test('nobody is told to log in', async () => {
    const { status, bytes } = await fetchFile(await proving(), null, {});
    expect([status, bytes.toString().includes('UNAUTHENTICATED')]).toEqual([401, true]);
  });

  test('a college administrator has the proofs of BASIC as little as the graph shows him them (note 1)', async () => {
    const id = await uploaded();
    await scan();
    const args = { kind: new EnumValue('BASIC'), title: randomUUID(), startOn: '2025-07-01' };
    const name = 'saveEntryDraft';
    await mutate(college, STUDENT, { name, noun: 'SelfEntry', args: { ...args, proofs: [id] } });
    expect(said(await fetchFile(id, ADMIN, REVIEW))).toEqual(NOT_FOUND);
    expect((await fetchFile(id, 'T0001', REVIEW)).status).toBe(200);
  });

  test('no byte leaves when the access cannot be written down', async () => {
    const id = await proving();
    const owner = (sql: string) => asOwner(college, 'archive', sql);
    await owner('alter table access_event rename to access_event_gone');
    try {
      const answer = await fetchFile(id, ADMIN, REVIEW);
      expect(said(answer)).toEqual(refusedWith(503, 'AUDIT_UNAVAILABLE'));
    } finally {
      await owner('alter table access_event_gone rename to access_event');
    }
  });

  test('of another student’s file nobody makes his own proof', async () => {
    const id = await uploaded(pdf(), OTHER);
    const { answer } = await save([id]);
    expect(answer.data?.['saveEntryDraft']).toMatchObject({
      ok: false,
      errors: [{ code: 'VALIDATION', path: ['proofs'] }],
    });
  });
});

describe('What is not taken', () => {
  const TYPES = 'application/pdf, image/jpeg, image/png, image/webp.';
  const NO_TYPE = refusedWith(400, 'VALIDATION', `只接受这些文件。 These files alone: ${TYPES}`);

  test.each([
    ['a page', '<!doctype html><script>1</script>'],
    ['a program', 'MZ\u0000'],
    ['nothing', ''],
  ])('%s', async (_, text) => {
    expect(
      said(await upload(Buffer.from(text), STUDENT, { 'content-type': 'application/pdf' })),
    ).toEqual(NO_TYPE);
  });

  test('more than 10 MiB; as much is', async () => {
    const large = Buffer.alloc(FILE_AT_MOST, 'x');
    large.write('%PDF-1.4\n');
    expect((await upload(large)).status).toBe(201);
    const larger = Buffer.concat([large, Buffer.from('x')]);
    expect(said(await upload(larger))).toEqual(refusedWith(413, 'BODY_TOO_LARGE'));
  });

  test('anything of somebody without a login, or in a role that uploads nothing', async () => {
    expect((await upload(pdf(), null)).status).toBe(401);
    expect((await upload(pdf(), 'T0101', REVIEW)).status).toBe(403);
  });

  test('the fifty-first of a day', async () => {
    await asOwner(
      college,
      'archive',
      `insert into file (id, uploaded_by, uploaded_at, media_type, size, digest, stored_as, state)
       select gen_random_uuid(), $1, $2, 'application/pdf', 1, 'x',
         encode(sha256(gen_random_uuid()::text::bytea), 'hex'), 'DESTROYED'
       from generate_series(1, 50)`,
      [OTHER, '2026-04-12T00:00:00Z'],
    );
    const { status, headers } = await upload(pdf(), OTHER);
    expect([status, headers['retry-after']]).toEqual([429, String(22 * 3600)]);
    college.clock.set('2026-04-13T10:00:00+08:00');
    expect((await upload(pdf(), OTHER)).status).toBe(201);
  });

  test('other bytes than those that were signed', async () => {
    const gateway = await readKeyring(college.keys, 'gateway');
    const identity = { ...importer(STUDENT, 'STU_SELF'), studentNo: STUDENT };
    const signed = { to: 'archive', path: '/files', body: pdf() };
    const context = await signCall(gateway, college.clock, signed, identity);
    const answer = await request(`${college.started.addresses('archive')}/files`, {
      method: 'POST',
      headers: { [CALL_HEADER]: context },
      body: pdf(),
    });
    await answer.body.dump();
    expect(answer.statusCode).toBe(401);
  });
});

test('a file that proves nothing is destroyed after thirty days, and one that does is not', async () => {
  const alone = await uploaded();
  const proof = await proving();
  const { storedAs } = await stored(alone);
  college.clock.set('2026-05-11T10:00:00+08:00');
  await runJob(college, 'archive', 'pruneFiles');
  expect((await stored(alone)).state).toBe('CLEAN');
  college.clock.set('2026-05-13T10:00:00+08:00');
  await runJob(college, 'archive', 'pruneFiles');
  expect(await stored(alone)).toEqual({ state: 'DESTROYED', storedAs, hasKey: false });
  expect(await isStored(storedAs)).toBe(false);
  expect(await stored(proof)).toMatchObject({ state: 'CLEAN', hasKey: true });
});
