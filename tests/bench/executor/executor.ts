/**
 * `npm run bench -- executor`: the plan executor alone, as `conformance:serve` serves it, beside stock
 * `@apollo/gateway`, in the scenario by which public benchmarks compare gateways. Both over the same
 * subgraphs, by turns; loopback only.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Pool } from 'undici';
import { ENVIRONMENT, startAnswering, startForeign, type Child } from '../peers/child.js';
import { processorMs } from '../peers/cpu.js';
import { installPeers } from '../peers/installed.js';
import { CLIENTS, requestFor } from '../peers/load.js';
import { SHOP_QUERY, shopSupergraph } from './shop.js';

const SERVE = join(import.meta.dirname, '../../conformance/serve.js');
const BODY = JSON.stringify({ query: SHOP_QUERY });
const WARM_UP = 0.5;

interface Compared {
  readonly name: string;
  readonly pid: number;
  readonly pool: Pool;
}

async function answerOf({ pool }: Pick<Compared, 'pool'>): Promise<string> {
  const { body } = await pool.request({
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json' },
    body: BODY,
  });
  return body.text();
}

const compared = (name: string, { pid }: Child, origin: string): Compared => ({
  name,
  pid,
  pool: new Pool(origin, { connections: CLIENTS }),
});

/** The executor in a process of its own; what it prints is its address. */
async function startOurs(supergraph: string, folder: string) {
  const child = startForeign([SERVE], folder, {
    ...ENVIRONMENT,
    NODE_ENV: 'test',
    SUPERGRAPH: supergraph,
    PORT: '0',
  });
  while (!child.said().includes('/graphql')) {
    if (child.hasEnded()) throw new Error(child.said());
    await new Promise(setImmediate);
  }
  return { child, origin: new URL(child.said().trim()).origin };
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

export interface ExecutorOptions {
  readonly seconds: number;
  readonly rounds: number;
  readonly say: (line: string) => void;
}

async function measure(both: readonly Compared[], { seconds, rounds, say }: ExecutorOptions) {
  const answers = await Promise.all(
    both.map(async (one) => JSON.parse(await answerOf(one)) as unknown),
  );
  const isAlike = isDeepStrictEqual(answers[0], answers[1]);
  const runs = new Map(both.map((one) => [one, [] as { perSecond: number; ms: number }[]]));
  const send = (one: Compared) => async () => (await answerOf(one)).startsWith('{"data"');
  for (let round = 0; round < rounds; round += 1)
    for (const one of both) {
      await requestFor(seconds * 1000 * WARM_UP, send(one));
      const before = processorMs(one.pid);
      const { done, errors, ms } = await requestFor(seconds * 1000, send(one));
      if (errors) throw new Error(`${one.name}: ${errors} of ${done} answers are no data.`);
      const spent = (processorMs(one.pid) - before) / done;
      runs.get(one)?.push({ perSecond: done / (ms / 1000), ms: spent });
    }
  const figures = both.map((one) => {
    const of = runs.get(one) ?? [];
    return {
      perSecond: median(of.map(({ perSecond }) => perSecond)),
      ms: median(of.map((run) => run.ms)),
    };
  });
  both.forEach(({ name }, index) => {
    const { perSecond = 0, ms = 0 } = figures[index] ?? {};
    say(
      `${name.padEnd(24)} ${perSecond.toFixed(1).padStart(7)}/s  ${ms.toFixed(2)} ms of processor`,
    );
  });
  const [ours, stock] = figures;
  if (!ours || !stock) return;
  say(
    `to stock: × ${(ours.perSecond / stock.perSecond).toFixed(2)} requests, × ${(stock.ms / ours.ms).toFixed(2)} by processor time; ${isAlike ? 'the same answer' : 'ANOTHER ANSWER'}`,
  );
}

export async function executorFigures(options: ExecutorOptions): Promise<void> {
  const missing = await installPeers();
  if (missing) throw new Error(missing);
  const folder = await mkdtemp(join(tmpdir(), 'chengxin-executor-'));
  const children: Child[] = [];
  const pools: Pool[] = [];
  try {
    const subgraphs = startAnswering(join(import.meta.dirname, 'shop-server.js'));
    children.push(subgraphs);
    const port = await subgraphs.ask<number>({});
    const supergraph = join(folder, 'shop.graphql');
    await writeFile(
      supergraph,
      shopSupergraph((name) => `http://127.0.0.1:${port}/${name}`),
    );
    const ours = await startOurs(supergraph, folder);
    children.push(ours.child);
    const stock = startAnswering(join(import.meta.dirname, '../peers/stock-gateway.js'));
    children.push(stock);
    const both = [
      compared('ours, executor alone', ours.child, ours.origin),
      compared('stock @apollo/gateway', stock, await stock.ask<string>({ supergraph })),
    ];
    pools.push(...both.map(({ pool }) => pool));
    await measure(both, options);
  } finally {
    for (const pool of pools) await pool.close();
    for (const child of children.toReversed()) await child.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
