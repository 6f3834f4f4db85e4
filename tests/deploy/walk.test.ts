/** docs/deploy/README.md, walked: its commands as they stand, from nothing to a college that answers. */
import { execFile, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DEMO_FOLDER } from '@chengxin/college/demo-folder';
import { OFFICES } from '@chengxin/gateway/offices';
import { systemClock } from '@chengxin/kit/clock';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@chengxin/kit/database/embedded';
import { request } from 'undici';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { signalGroup, startGroup } from '../support/group.js';
import { install } from '../support/installation.js';
import { startTestIssuer, type TestIssuer } from '../support/issuer.js';
import { post } from '../support/post.js';
import { until } from '../support/until.js';
import { commandBlocks, type Block } from '../support/command-blocks.js';

const ROOT = join(import.meta.dirname, '../..');
const BLOCKS = commandBlocks(join(ROOT, 'docs/deploy/README.md'));
const MINUTES = 60_000;

let folder: string;
let server: EmbeddedPostgres;
let issuer: TestIssuer;
const serving: { readonly child: ChildProcess; readonly closed: Promise<unknown> }[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chengxin-walk-'));
  server = await startEmbeddedPostgres({ folder: join(folder, 'server') });
  issuer = await startTestIssuer(systemClock);
  await promisify(execFile)(process.execPath, ['subgraphs/kit/build.cjs', 'gateway/college'], {
    cwd: ROOT,
  });
  await install(join(folder, 'chengxin'));
});
afterEach(async () => {
  for (const { child } of serving) signalGroup(child, 'SIGTERM');
  await Promise.all(serving.map(({ closed }) => closed));
  await issuer.stop();
  await server.stop();
  await rm(folder, { recursive: true });
});

async function freePort(): Promise<number> {
  const listening = createServer().listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  listening.close();
  await once(listening, 'close');
  return port;
}

/** Ports that nobody else has, in the place of the usual ones; the environment wins over `.env`. */
async function ownPorts(): Promise<Record<string, string>> {
  const ports: Record<string, string> = {};
  const addresses: string[] = [];
  for (const { name } of OFFICES) {
    const port = await freePort();
    const address = `http://127.0.0.1:${port}`;
    ports[`${name.toUpperCase()}_PORT`] = String(port);
    ports[`${name.toUpperCase()}_URL`] = address;
    addresses.push(`${name}=${address}`);
  }
  const port = await freePort();
  return {
    ...ports,
    PORT: String(port),
    CHENGXIN_GATEWAY: `http://127.0.0.1:${port}`,
    CHENGXIN_OFFICES: addresses.join(','),
  };
}

/** An environment as an installer has it: nothing of the tests, of npm or of a developer's college. */
function machine(): Record<string, string | undefined> {
  const foreign = /^(npm_|VITEST|NODE_|TEST_|CHENGXIN_|INIT_CWD|LOG_LEVEL)|_DATABASE_URL$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

const namesIn = ({ text }: Block): string[] =>
  [...text.matchAll(/^([A-Z]+)=/gm)].map(([, name = '']) => name);

test(
  'who follows the page has a college that answers, on a machine that only runs it',
  async () => {
    const settings = {
      KEYS: join(folder, 'keys'),
      ADMIN: server.adminUrl,
      ISSUER: issuer.issuer,
      AUDIENCE: issuer.audience,
    };
    const [named] = BLOCKS.filter(({ kind }) => kind === 'sh settings').map(namesIn);
    expect(named).toEqual(Object.keys(settings));
    const ports = await ownPorts();
    const tokens = { FIRST: await issuer.token('T0001'), SECOND: await issuer.token('T0002') };
    const env = { ...machine(), ...settings, ...ports, ...tokens, FILES: DEMO_FOLDER };
    const cwd = join(folder, 'chengxin');
    for (const name of ['typescript', 'vitest'])
      expect(existsSync(join(cwd, 'node_modules', name))).toBe(false);
    const { CHENGXIN_GATEWAY: gateway } = ports as { CHENGXIN_GATEWAY: string };
    const isReady = async (origin: string) => {
      const answer = await request(new URL('/health/ready', origin)).catch(() => undefined);
      await answer?.body.dump();
      return answer?.statusCode === 200;
    };

    const walk: Readonly<Record<string, (block: Block) => Promise<void>>> = {
      'sh settings': async () => {},
      'sh run': async ({ text }) => {
        await promisify(execFile)('sh', ['-ec', text], { cwd, env });
      },
      'sh serve': async ({ text }) => {
        for (const line of text.trim().split('\n')) {
          const child = startGroup('sh', ['-c', line], { cwd, env });
          serving.push({ child, closed: once(child, 'close') });
        }
        for (const { name } of OFFICES)
          await until(() => isReady(ports[`${name.toUpperCase()}_URL`] ?? ''), 5 * MINUTES);
        await until(() => isReady(gateway), 5 * MINUTES);
      },
      'graphql ask': async ({ kind, text }) => {
        const token = await issuer.token(kind.split(' ').at(-1) ?? '');
        const headers = { authorization: `Bearer ${token}` };
        expect(await post(`${gateway}/graphql`, JSON.stringify({ query: text }), headers)).toEqual({
          status: 200,
          body: { data: { student: { name: '李思源', bills: [] } } },
        });
      },
    };
    for (const block of BLOCKS) {
      const step = walk[block.kind.split(' ').slice(0, 2).join(' ')];
      if (!step) throw new Error(`The page has a block that nobody walks: ${block.kind}`);
      await step(block);
    }
    expect(BLOCKS.map(({ kind }) => kind.split(' ')[1])).toEqual([
      'settings',
      'run',
      'run',
      'run',
      'serve',
      'run',
      'run',
      'ask',
    ]);
  },
  30 * MINUTES,
);
