/**
 * Requests from a process of its own, so that what they cost is nobody else's: `overload-client.js <url>
 * <token> <student> <per second> <seconds>`. Requests leave at their time, whatever became of those before them;
 * 0 per second means as many as eight clients get through. Prints one line of JSON.
 */
import { setTimeout } from 'node:timers/promises';
import { Pool } from 'undici';

const CONNECTIONS = 400;
const CLIENTS = 8;
const TICK_MS = 20;
const OK = 200;
const BUSY = 503;
/** A refusal is to come within this time (503, `Retry-After`). */
const SOON_MS = 10;

export interface Load {
  readonly answered: number;
  readonly refused: number;
  /** Neither answered nor refused with 503. */
  readonly failed: number;
  readonly perSecond: number;
  readonly medianMs: number;
  readonly slowestMs: number;
  readonly medianRefusalMs: number;
  /** 99 of a hundred refusals took no longer. */
  readonly mostRefusalsMs: number;
  /** Part of the refusals that came within the time that is allowed for them. */
  readonly soonRefused: number;
  readonly slowestRefusalMs: number;
}

const [url = '', token = '', student = '', rate = '0', seconds = '1'] = process.argv.slice(2);
const pool = new Pool(new URL(url).origin, { connections: CONNECTIONS });
const body = JSON.stringify({
  query: `query ($no: ID!) { student(studentNo: $no) { name arrears { category outstandingFen }
    academicSummary { gpa } cadrePosts { post level } lawViolations { category } } }`,
  variables: { no: student },
});
const headers = {
  'content-type': 'application/json',
  authorization: `Bearer ${token}`,
  'x-purpose': 'ADMIN_REVIEW',
};
const answered: number[] = [];
const refused: number[] = [];
let failed = 0;

async function send(): Promise<void> {
  const from = performance.now();
  try {
    const answer = await pool.request({ method: 'POST', path: '/graphql', headers, body });
    const text = await answer.body.text();
    const took = performance.now() - from;
    // A part that an office refused is an answer, too: it says so.
    if (answer.statusCode === OK && text.includes('"data"')) answered.push(took);
    else if (answer.statusCode === BUSY && answer.headers['retry-after']) refused.push(took);
    else failed += 1;
  } catch {
    failed += 1;
  }
}

const until = performance.now() + Number(seconds) * 1000;
const from = performance.now();
if (Number(rate) > 0) {
  const pending = new Set<Promise<void>>();
  let sent = 0;
  while (performance.now() < until) {
    const due = Math.floor(((performance.now() - from) / 1000) * Number(rate));
    for (; sent < due; sent += 1) {
      const one = send();
      pending.add(one);
      void one.finally(() => pending.delete(one));
    }
    await setTimeout(TICK_MS);
  }
  await Promise.all(pending);
} else {
  const client = async () => {
    while (performance.now() < until) await send();
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}
const quantile = (some: readonly number[], part: number): number =>
  some.toSorted((a, b) => a - b)[Math.floor(some.length * part)] ?? 0;
const middle = (some: readonly number[]): number => quantile(some, 0.5);
const slowest = (some: readonly number[]): number => some.reduce((a, b) => Math.max(a, b), 0);
const load: Load = {
  answered: answered.length,
  refused: refused.length,
  failed,
  perSecond: answered.length / ((performance.now() - from) / 1000),
  medianMs: middle(answered),
  slowestMs: slowest(answered),
  medianRefusalMs: middle(refused),
  mostRefusalsMs: quantile(refused, 0.99),
  soonRefused: refused.filter((took) => took < SOON_MS).length / Math.max(1, refused.length),
  slowestRefusalMs: slowest(refused),
};
process.stdout.write(`${JSON.stringify(load)}\n`);
await pool.close();
