/** Nothing leaves a college: every process of it is watched from its start to its end. */
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DEMO_FOLDER } from '@chengxin/college/demo-folder';
import { loginAs } from '@chengxin/kit/command/login';
import { readRunFile } from '@chengxin/kit/command/run-file';
import { request } from 'undici';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { post } from '../support/post.js';
import { fillArchive } from './fill.js';
import { contactsIn, isForeign, ROOT, startWatched, type Watched } from './watched.js';

const MINUTES = 60_000;
const ARCHIVE = join(ROOT, 'subgraphs/archive');

/** An environment in which the libraries below would report to their makers. */
const TALKATIVE = {
  APOLLO_TELEMETRY_DISABLED: 'false',
  APOLLO_KEY: 'service:college:0123456789abcdef',
  APOLLO_GRAPH_REF: 'college@current',
  APOLLO_SCHEMA_REPORTING: 'true',
};

let folder: string;
let contacts: string;
let running: Watched | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chengxin-egress-'));
  contacts = join(folder, 'contacts');
});
afterEach(async () => {
  running?.child.kill('SIGTERM');
  await running?.ended();
  running = undefined;
  await rm(folder, { recursive: true });
});

test('the hook sees a gateway that reports to its maker, at its start and at its stop', async () => {
  const { APOLLO_TELEMETRY_DISABLED: _, ...env } = process.env;
  running = startWatched(contacts, [join(import.meta.dirname, 'reporting.ts')], { env });

  expect(await running.ended()).toBe(0);
  const foreign = new Set(
    contactsIn(contacts)
      .filter(isForeign)
      .map(({ host }) => host),
  );
  // The first is the metadata address of clouds.
  const known = ['169.254.169.254', 'usage-reporting.api.apollographql.com'];
  expect(known.filter((host) => !foreign.has(host))).toEqual([]);
});

const QUERY = `{ student(studentNo: "2024010317") {
  name grades { courseName } arrears { category } lawViolations { category } cadrePosts { post }
  phoneBills { month }
} }`;
const ANSWER = {
  data: {
    student: {
      name: '李思源',
      grades: [],
      arrears: [],
      lawViolations: [],
      cadrePosts: [],
      phoneBills: [],
    },
  },
};

test(
  'a whole college speaks to this machine alone while it starts, imports, serves and stops',
  async () => {
    const tsc = join(ROOT, 'node_modules/.bin/tsc');
    await promisify(execFile)(tsc, ['-b', 'gateway/college'], { cwd: ROOT });
    // The mode of the tests is not what `npm start` begins with.
    const { CHENGXIN_MODE: _, ...machine } = process.env;
    const env = {
      ...machine,
      ...TALKATIVE,
      CHENGXIN_DATA: folder,
      CHENGXIN_FIRST_ADMINS: 'T0001,T0002',
      PORT: '0',
    };
    // A few people are imported instead of the demo.
    running = startWatched(contacts, ['gateway/college/dist/start.js', '--empty'], { env });
    await running.said('Chengxin answers');
    const { issuer, audience, gateway } = await readRunFile(folder);

    const orgs = join(folder, 'orgs.csv');
    await copyFile(join(DEMO_FOLDER, 'orgs.csv'), orgs);
    const command = ['dist/index.js', 'import', 'orgs', orgs, '--as', 'T0001', '--dry-run'];
    expect(await startWatched(contacts, command, { env, cwd: ARCHIVE }).ended()).toBe(0);

    await fillArchive(folder, ['orgs', 'staff', 'grants', 'students']);
    const token = await loginAs({ issuer, audience, person: '2024010317' });
    const headers = { authorization: `Bearer ${token}` };
    const body = JSON.stringify({ query: QUERY });
    expect(await post(gateway, body, headers)).toEqual({ status: 200, body: ANSWER });
    for (const path of ['/', '/health/ready'])
      expect((await request(new URL(path, gateway))).statusCode).toBe(200);

    running.child.kill('SIGTERM');
    expect(await running.ended()).toBe(0);

    const all = contactsIn(contacts);
    expect(all.filter(isForeign)).toEqual([]);
    expect(all.some(({ port }) => String(port) === new URL(gateway).port)).toBe(true);
  },
  10 * MINUTES,
);
