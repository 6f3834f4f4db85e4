/** `npm start`: ready once the demo is in; or a college that is not the demo. */
import { rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { College } from '@chengxin/college/college';
import { seedCommand } from '@chengxin/college/seed-command';
import { startFilled } from '@chengxin/college/start-filled';
import { loginAs } from '@chengxin/kit/command/login';
import { readRunFile } from '@chengxin/kit/command/run-file';
import { createLog } from '@chengxin/kit/server/log';
import { request } from 'undici';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { post } from '../support/post.js';

const OFFICES = {
  archive: true,
  academics: true,
  finance: true,
  security: true,
  youthleague: true,
  thirdparty: true,
};
const READY = { status: 200, body: { ready: true, offices: OFFICES } };

let folder: string;
let college: College | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chengxin-start-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await college?.stop();
  college = undefined;
  await rm(folder, { recursive: true });
});

async function start(empty: boolean, onFile?: () => Promise<void>): Promise<College> {
  const demo = { students: 20, ...(onFile && { onFile }) };
  const log = createLog('college', 'fatal');
  college = await startFilled({ folder, port: 0, log }, { empty, demo });
  return college;
}
const refused = (starting: Promise<unknown>): Promise<string> =>
  starting.then(
    () => 'starts',
    (error: Error) => error.message,
  );
async function readiness() {
  const { gateway } = await readRunFile(folder);
  const answer = await request(new URL('/health/ready', gateway));
  return { status: answer.statusCode, body: await answer.body.json() };
}

async function send({ gateway, issuer, audience }: College, person: string, query: string) {
  const token = await loginAs({ issuer, audience, person });
  const headers = { authorization: `Bearer ${token}`, 'x-purpose': 'ADMIN_REVIEW' };
  return (await post(gateway.url, JSON.stringify({ query }), headers)).body;
}
const STAFF = '{ staff { nodes { staffNo } } }';
const TWO = { data: { staff: { nodes: [{ staffNo: 'T9101' }, { staffNo: 'T9102' }] } } };

test('a college is ready when its demo is in, and says before what it waits for', async () => {
  const meanwhile: unknown[] = [];

  const first = await start(false, async () => void meanwhile.push(await readiness()));

  const waiting = { ready: false, offices: OFFICES, awaited: ['demo'] };
  expect(meanwhile).toEqual(meanwhile.map(() => ({ status: 503, body: waiting })));
  expect(meanwhile.length).toBeGreaterThan(1);
  expect(await readiness()).toEqual(READY);
  await first.stop();
  expect(await refused(start(true))).toBe(
    `The demo is in ${folder}: name another folder in CHENGXIN_DATA.`,
  );
  await start(false, async () => expect.unreachable('The demo is in.'));
  expect(await readiness()).toEqual(READY);
});

const SIGN =
  'mutation { launchSigning(clientMutationId: "1", cohort: 2024, reason: "2024级") { ok errors { message } } }';

test('the demo has its texts of entry and a notice in force, so that the signing can be launched (G10.2, L-10)', async () => {
  const demo = await start(false);

  expect(
    await send(demo, 'T0001', '{ noticeVersions { version } commitmentTemplates { kind state } }'),
  ).toEqual({
    data: {
      noticeVersions: [{ version: 'N-DEMO-1' }],
      // Of one matter and one day, in the order of their numbers.
      commitmentTemplates: expect.toSatisfy(
        (texts: readonly { kind: string; state: string }[]) =>
          texts
            .map(({ kind, state }) => `${kind} ${state}`)
            .toSorted()
            .join() === 'AGREEMENT PUBLISHED,COMMITMENT PUBLISHED',
      ) as unknown,
    },
  });
  expect(await send(demo, 'T0001', SIGN)).toEqual({
    data: { launchSigning: { ok: true, errors: [] } },
  });

  // Statistics of the half-year that is over are released (3.6).
  const releases = '{ statisticReleases(first: 9) { nodes { runId state } } }';
  const { data } = (await send(demo, 'T0001', releases)) as {
    data: { statisticReleases: { nodes: { runId: string; state: string }[] } };
  };
  expect(data.statisticReleases.nodes.map(({ state }) => state)).toEqual(['RELEASED']);
  const [run] = data.statisticReleases.nodes;
  const stats = `{ stats(metric: GRADE_COUNT, groupBy: [], run: "${run?.runId}") { epsilon } }`;
  expect(await send(demo, 'T0001', stats)).toEqual({
    data: { stats: Array(5).fill({ epsilon: 100 }) },
  });
});

test('a college that is not the demo has its two administrators and nobody else, and stays so', async () => {
  expect(await refused(start(true))).toBe(
    'Nobody administers this college yet: set CHENGXIN_FIRST_ADMINS to two staff numbers, for example T0001,T0002.',
  );

  vi.stubEnv('CHENGXIN_FIRST_ADMINS', 'T9101,T9102');
  const first = await start(true);
  expect(await readiness()).toEqual(READY);
  expect(await send(first, 'T9101', STAFF)).toEqual(TWO);
  await first.stop();

  vi.unstubAllEnvs();
  const again = await start(false, async () => expect.unreachable('Nobody is seeded.'));
  expect(await readiness()).toEqual(READY);
  expect(await send(again, 'T9102', STAFF)).toEqual(TWO);
  await again.stop();

  vi.stubEnv('CHENGXIN_DATA', folder);
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(await seedCommand([])).toBe(1);
  expect(said.mock.calls).toEqual([
    [`The college in ${folder} is not the demo: name another folder in CHENGXIN_DATA.\n`],
  ]);
  said.mockRestore();
});
