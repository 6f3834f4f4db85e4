/** What the door holds for every mutation, shown on deferrals of finance (ARCHITECTURE §7, DOMAIN 2.7). */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { put } from '../support/put.js';
import { endConnection, ownerOf, waitingOnLocks } from '../support/sql.js';
import { countStatements } from '../support/statements.js';
import { until } from '../support/until.js';
import { deferralPlan } from './deferral.plan.js';
import { mutationText, outcomeOf, tracesOf } from '../support/mutate.js';

const STUDENT = '2024010317';
const OTHER = '2024010305';
const REVIEWER = 'T0402';
/** Clerk, and reviewer as well. */
const BOTH = 'T0401';
const noun = 'Deferral';

let college: TestCollege;
let owner: pg.Client;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
  await put(college, 'archive', 'admin_grant', {
    staff_no: BOTH,
    role: 'FIN_REVIEWER',
    org_code: 'FIN',
    valid_from: '2023-09-01T00:00:00Z',
    state: 'ACTIVE',
    recorded_by: 'T1001',
    recorded_at: '2023-09-01T00:00:00Z',
    approved_by: 'T0001',
    approved_at: '2023-09-01T00:00:00Z',
  });
  owner = await ownerOf(college, 'finance');
});
afterAll(async () => {
  await owner.end();
  await college.stop();
});

const ACTOR = { role: 'FIN_REVIEWER', person: REVIEWER } as const;
const seed = (state = 'REQUESTED') => deferralPlan.seed(college, STUDENT, state, ACTOR, '');
const as = (person: string, text: string, headers: Record<string, string> = {}): Promise<Answer> =>
  college.request(person, text, { headers });
const REVIEW = { 'x-role': 'FIN_REVIEWER' };

const approval = (args: object) =>
  mutationText({
    name: 'approveDeferral',
    noun,
    args: { expectedVersion: 1, reason: 'r', ...args },
  });
const approve = async (args: object, person = REVIEWER, headers = {}) =>
  outcomeOf(await as(person, approval(args), headers), 'approveDeferral');
const rowOf = async (id: string) => {
  const { rows } = await owner.query(`select state, version from deferral where id = $1`, [id]);
  return rows[0] as unknown;
};

test('the same request twice is done once, and answers as before', async () => {
  const { id } = await seed();
  const text = approval({ id, clientMutationId: randomUUID() });
  const first = await as(REVIEWER, text);
  const traces = await tracesOf(owner, deferralPlan);
  expect(await as(REVIEWER, text)).toEqual(first);
  expect(await tracesOf(owner, deferralPlan)).toEqual(traces);
});

test('a request that is sent twice at the same instant is done once', async () => {
  const { id } = await seed();
  const text = approval({ id, clientMutationId: randomUUID() });
  const answers = await Promise.all([as(REVIEWER, text), as(REVIEWER, text), as(REVIEWER, text)]);
  expect(answers.map((answer) => outcomeOf(answer, 'approveDeferral'))).toEqual(['OK', 'OK', 'OK']);
  expect(await rowOf(id)).toEqual({ state: 'APPROVED', version: 2 });
});

test('other input under a number that was used is refused', async () => {
  const [one, two] = [await seed(), await seed()];
  const clientMutationId = randomUUID();
  expect(await approve({ id: one.id, clientMutationId })).toBe('OK');
  const answer = await as(REVIEWER, approval({ id: two.id, clientMutationId }));
  expect(answer.data?.['approveDeferral']).toMatchObject({
    ok: false,
    errors: [{ code: 'VALIDATION', path: ['clientMutationId'] }],
    deferral: null,
  });
  expect(await rowOf(two.id)).toEqual({ state: 'REQUESTED', version: 1 });
});

test('who saw an older version is told so, with the row as it stands', async () => {
  const { id } = await seed();
  const answer = await as(REVIEWER, approval({ id, expectedVersion: 7 }));
  expect(answer.data?.['approveDeferral']).toMatchObject({
    ok: false,
    errors: [{ code: 'VERSION_CONFLICT', path: [] }],
    deferral: { id, state: 'REQUESTED', version: 1 },
  });
});

test('two who decide at the same instant: one of them comes too late', async () => {
  const { id } = await seed();
  const answers = await Promise.all([approve({ id }), approve({ id }, BOTH, REVIEW)]);
  expect(answers.toSorted()).toEqual(['OK', 'VERSION_CONFLICT']);
});

test('one person never proposes and approves, in whichever of his roles (INV-02)', async () => {
  const opening = await deferralPlan.opening(college, STUDENT);
  const text = mutationText({ name: 'proposeDeferral', noun, args: opening });
  const proposed = await as(BOTH, text, { 'x-role': 'FIN_CLERK' });
  const payload = (proposed.data?.['proposeDeferral'] ?? {}) as { deferral?: { id: string } };
  const id = payload.deferral?.id;
  expect(await approve({ id }, BOTH, REVIEW)).toBe('SOD_VIOLATION');
  expect(await approve({ id })).toBe('OK');
});

test('whoever stands in a row as its recorder counts too, though the log has no line of it', async () => {
  const { id } = await seed();
  await owner.query(`update deferral set recorded_by = $1 where id = $2`, [BOTH, id]);
  expect(await approve({ id }, BOTH, REVIEW)).toBe('SOD_VIOLATION');
});

test('an action that needs a reason is refused without one', async () => {
  const { id } = await seed();
  const answer = await as(REVIEWER, approval({ id, reason: '  ' }));
  expect(answer.data?.['approveDeferral']).toMatchObject({
    errors: [{ code: 'VALIDATION', path: ['reason'] }],
  });
});

test('a null is no reason, and no day', async () => {
  const { id } = await seed();
  expect(await approve({ id, reason: null })).toBe('VALIDATION');
  expect(await approve({ id, until: null })).toBe('OK');
});

test.each([
  ['a day that there is not', { until: '2026-02-30' }],
  ['a day of another form', { until: 'tomorrow' }],
  ['a reason that is too long', { reason: 'x'.repeat(501) }],
  ['a reason that is not printable', { reason: 'a\u001b[31m' }],
  ['a blank key', { clientMutationId: ' ' }],
  ['a key that is too long', { clientMutationId: 'x'.repeat(101) }],
])('%s is refused as input, and changes nothing', async (_, args) => {
  const { id } = await seed();
  const answer = await as(REVIEWER, approval({ id, ...args }));
  const code = answer.errors?.[0]?.extensions['code'] ?? outcomeOf(answer, 'approveDeferral');
  expect(code).toBe('VALIDATION');
  expect(await rowOf(id)).toEqual({ state: 'REQUESTED', version: 1 });
});

test('the order of answers: version, second person, state, input', async () => {
  const { id } = await seed('APPROVED');
  await owner.query(`update deferral set recorded_by = $1 where id = $2`, [BOTH, id]);
  const wrong = { id, until: '2020-01-01', reason: '' };
  expect(await approve({ ...wrong, expectedVersion: 9 }, BOTH, REVIEW)).toBe('VERSION_CONFLICT');
  expect(await approve(wrong, BOTH, REVIEW)).toBe('SOD_VIOLATION');
  expect(await approve(wrong)).toBe('STATE_CONFLICT');
  const open = await seed();
  expect(await approve({ ...wrong, id: open.id })).toBe('VALIDATION');
});

test('a row of another, one that is not there and no number at all take the same statements', async () => {
  const foreign = await deferralPlan.seed(college, OTHER, 'REQUESTED', ACTOR, '');
  const withdraw = (id: string) =>
    countStatements(() =>
      as(
        STUDENT,
        mutationText({ name: 'withdrawDeferral', noun, args: { id, expectedVersion: 1 } }),
      ),
    );
  const counts: unknown[] = [];
  for (const id of [foreign.id, randomUUID(), 'x']) {
    const { result, statements } = await withdraw(id);
    expect(outcomeOf(result, 'withdrawDeferral')).toBe('NOT_FOUND');
    const ofFinance = statements.filter(({ database }) => database.endsWith('_finance'));
    counts.push(ofFinance.map(({ text }) => text));
  }
  expect(counts[1]).toEqual(counts[0]);
  expect(counts[2]).toEqual(counts[0]);
});

test('no value that is written stands in the text of a statement', async () => {
  const { id } = await seed();
  const reason = 'a reason that stands nowhere else';
  const { statements } = await countStatements(() => approve({ id, reason }));
  const writing = statements.filter(({ text }) => !/^\s*select\b/i.test(text));
  const texts = writing.map(({ text }) => text).join('\n');
  expect(texts).toContain('update deferral set');
  expect(texts).not.toContain(reason);
  expect(texts).not.toContain(id);
  expect(texts).not.toMatch(/'(APPROVED|T0402)'/);
});

test('a line of the log stays as it is for whoever serves, its reason ciphertext alone (INV-13)', async () => {
  const { id } = await seed();
  const reason = 'a reason in no column';
  expect(await approve({ id, reason })).toBe('OK');
  const { rows } = await owner.query(`select * from operation_log where target_id = $1`, [id]);
  expect(rows).toMatchObject([{ action: 'deferral.approve', actor: REVIEWER, reason: null }]);
  expect(JSON.stringify(rows)).not.toContain(reason);
  const running = college.started.offices.get('finance');
  const serving = new pg.Client({ connectionString: running?.config.databaseUrl });
  await serving.connect();
  onTestFinished(() => serving.end());
  for (const sql of [
    `update operation_log set actor = 'T0000'`,
    'delete from operation_log',
    'truncate operation_log',
    'update record_key set sealed_key = sealed_key',
    'delete from change_key',
  ])
    await expect(serving.query(sql)).rejects.toThrow('permission denied');
});

test('two changes of one request: one is refused, the other stays', async () => {
  const [one, two] = [await seed(), await seed('REFUSED')];
  const change = (alias: string, id: string) => ({
    alias,
    name: 'approveDeferral',
    noun,
    args: { id, expectedVersion: 1, reason: 'r' },
  });
  const answer = await as(REVIEWER, mutationText(change('a', one.id), change('b', two.id)));
  expect([outcomeOf(answer, 'a'), outcomeOf(answer, 'b')]).toEqual(['OK', 'STATE_CONFLICT']);
  expect(await rowOf(one.id)).toEqual({ state: 'APPROVED', version: 2 });
});

/** Holds a key as an open transaction would; the answer lets it go. */
async function holdKey(subject: string, clientMutationId: string): Promise<() => Promise<unknown>> {
  const other = await ownerOf(college, 'finance');
  onTestFinished(() => other.end());
  await other.query('begin');
  await other.query(
    `insert into change_key (subject, role, action, client_mutation_id, input_digest, at)
     values ($1, 'FIN_REVIEWER', 'deferral.approve', $2, 'd', now())`,
    [subject, clientMutationId],
  );
  return () => other.query('rollback');
}

test('two requests that lock the same rows crosswise: both are done, one of them anew', async () => {
  const [one, two] = [await seed(), await seed()];
  const keys = [randomUUID(), randomUUID()] as const;
  const letGo = [await holdKey(REVIEWER, keys[0]), await holdKey(BOTH, keys[1])];
  const crosswise = (first: string, second: string, key: string) =>
    mutationText(
      {
        alias: 'a',
        name: 'approveDeferral',
        noun,
        args: { id: first, expectedVersion: 1, reason: 'r' },
      },
      {
        alias: 'b',
        name: 'approveDeferral',
        noun,
        args: { clientMutationId: key, id: second, expectedVersion: 1, reason: 'r' },
      },
    );
  const asked = [
    as(REVIEWER, crosswise(one.id, two.id, keys[0])),
    as(BOTH, crosswise(two.id, one.id, keys[1]), REVIEW),
  ];
  await until(async () => (await waitingOnLocks(owner)).length === 2);
  for (const release of letGo) await release();
  const answers = await Promise.all(asked);
  const came = answers.map((answer) => [outcomeOf(answer, 'a'), outcomeOf(answer, 'b')].join());
  expect(came.toSorted()).toEqual(['OK,OK', 'VERSION_CONFLICT,VERSION_CONFLICT']);
  expect(await rowOf(one.id)).toEqual({ state: 'APPROVED', version: 2 });
  expect(await rowOf(two.id)).toEqual({ state: 'APPROVED', version: 2 });
});

test('a connection that is lost before the commit has changed nothing, and the same key does it once', async () => {
  const { id } = await seed();
  const clientMutationId = randomUUID();
  // What the answer discloses is written last: there the call waits, all else done.
  const other = await ownerOf(college, 'finance');
  onTestFinished(() => other.end());
  await other.query('begin');
  await other.query('lock table outbox in exclusive mode');
  const asked = as(REVIEWER, approval({ id, clientMutationId }));
  await until(async () => (await waitingOnLocks(owner)).length === 1);
  for (const pid of await waitingOnLocks(owner)) await endConnection(pid);
  await other.query('rollback');
  expect((await asked).errors?.[0]?.extensions['code']).toMatch(/UNAVAILABLE/);
  expect(await rowOf(id)).toEqual({ state: 'REQUESTED', version: 1 });
  expect(await approve({ id, clientMutationId })).toBe('OK');
  expect(await rowOf(id)).toEqual({ state: 'APPROVED', version: 2 });
});

test('what cannot be written down is not done', async () => {
  const { id } = await seed();
  const { rows } = await owner.query<{ grantee: string }>(
    `select grantee from information_schema.role_table_grants
     where table_name = 'outbox' and privilege_type = 'INSERT' and grantee like '%app'`,
  );
  const app = rows[0]?.grantee ?? '';
  await owner.query(`revoke insert on outbox from "${app}"`);
  onTestFinished(async () => void (await owner.query(`grant insert on outbox to "${app}"`)));
  const answer = await as(REVIEWER, approval({ id }));
  expect(answer.errors?.[0]?.extensions['code']).toBe('AUDIT_UNAVAILABLE');
  expect(await rowOf(id)).toEqual({ state: 'REQUESTED', version: 1 });
});

test('a replay is authorised again: whoever lost the role since gets nothing (INV-21)', async () => {
  const { id } = await seed();
  const text = approval({ id, clientMutationId: randomUUID() });
  expect(outcomeOf(await as(BOTH, text, REVIEW), 'approveDeferral')).toBe('OK');
  const archive = await ownerOf(college, 'archive');
  onTestFinished(() => archive.end());
  await archive.query(
    `update admin_grant set state = 'ENDED' where staff_no = $1 and role = 'FIN_REVIEWER'`,
    [BOTH],
  );
  college.clock.set('2026-04-12T10:00:10+08:00');
  const answer = await as(BOTH, text, REVIEW);
  expect(answer.data?.['approveDeferral'] ?? null).toBeNull();
  expect(answer.errors?.[0]?.extensions['code']).toBe('FORBIDDEN_ACTION');
});
