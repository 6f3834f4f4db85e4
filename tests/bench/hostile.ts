/** What requests that are made to cost do cost: processor time of gateway, offices and client together. */
import { join } from 'node:path';
import type { College } from '@chengxin/college/college';
import { LIMITS_OF_ONE_CALLER } from '@chengxin/gateway/limits/settings';
import { startGateway } from '@chengxin/gateway/server';
import { systemClock } from '@chengxin/kit/clock';
import { loginAs } from '@chengxin/kit/command/login';
import { readKeyring } from '@chengxin/kit/call/keyring';
import { createLog } from '@chengxin/kit/server/log';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import { request } from 'undici';
import type { Answer } from '../support/college.js';
import { DEAREST, HOSTILE, type HostileRequest } from '../support/hostile.js';

const ROUNDS = 7;
const AT_MOST_MS = { anonymous: 50, 'logged in': 250 };
type Caller = keyof typeof AT_MOST_MS;

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** A gateway as in production, before the offices of the college. */
async function startClosed({ folder, issuer, audience, started }: College) {
  return startGateway({
    port: 0,
    host: '127.0.0.1',
    issuer,
    audience,
    keyring: await readKeyring(join(folder, 'keys'), 'gateway'),
    addresses: started.addresses,
    supergraphFile: SUPERGRAPH_FILE,
    clock: systemClock,
    log: createLog('bench', 'silent'),
    introspection: false,
    limits: LIMITS_OF_ONE_CALLER,
  });
}

/** One request; another text each time, so that nothing of it is kept from before. */
async function costOf(
  url: string,
  headers: Record<string, string>,
  { query, variables }: HostileRequest,
  round: number,
) {
  const body = JSON.stringify({ query: `${query} #${round}`, variables });
  const before = process.cpuUsage();
  const answer = await request(url, { method: 'POST', headers, body });
  const text = await answer.body.text();
  const { user, system } = process.cpuUsage(before);
  return { ms: (user + system) / 1000, bytes: Buffer.byteLength(text), text };
}

/** The limit or the code that ended a request; what is answered in part is answered. */
function endOf(text: string): string {
  const { data, errors } = JSON.parse(text) as Answer;
  const { limit, code } = errors?.[0]?.extensions ?? {};
  return data ? 'answered' : String(limit ?? code);
}

/** Lines to print; the last one says whether all stay within what is promised. */
export async function* hostileFigures(college: College): AsyncGenerator<string> {
  const gateway = await startClosed(college);
  const { issuer, audience } = college;
  const token = await loginAs({ issuer, audience, person: 'T0001' });
  const json = { 'content-type': 'application/json' };
  const callers: Readonly<Record<Caller, Record<string, string>>> = {
    anonymous: json,
    'logged in': { ...json, authorization: `Bearer ${token}`, 'x-purpose': 'ADMIN_REVIEW' },
  };
  let over = 0;
  try {
    // What is compiled at the first request of a kind is no request's own cost.
    for (const dear of DEAREST)
      for (const headers of Object.values(callers)) await costOf(gateway.url, headers, dear, -1);
    for (const hostile of [...HOSTILE, ...DEAREST])
      for (const [caller, headers] of Object.entries(callers)) {
        const costs: number[] = [];
        let last = { bytes: 0, text: '' };
        for (let round = 0; round < ROUNDS; round += 1) {
          const { ms, ...answer } = await costOf(gateway.url, headers, hostile, round);
          costs.push(ms);
          last = answer;
        }
        const ms = median(costs);
        if (ms > AT_MOST_MS[caller as Caller]) over += 1;
        const ended = endOf(last.text);
        yield `${hostile.name.padEnd(58)} ${caller.padEnd(9)} ${ms.toFixed(1).padStart(7)} ms  ${String(last.bytes).padStart(7)} bytes  ${ended}`;
      }
    const { anonymous, 'logged in': loggedIn } = AT_MOST_MS;
    yield `${over} above ${anonymous} ms (anonymous) or ${loggedIn} ms (logged in)`;
  } finally {
    await gateway.stop();
  }
}
