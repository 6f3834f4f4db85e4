/** Twice the load that can be served, for minutes: what is served meanwhile, and how soon all is as before. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { College } from '@chengxin/college/college';
import { loginAs } from '@chengxin/kit/command/login';
import type { Load } from './overload-client.js';

const CLIENT = new URL('overload-client.js', import.meta.url).pathname;
const SAMPLE_MS = 1000;
const PEAK_SECONDS = 10;
const MEGABYTE = 1e6;

const run = promisify(execFile);

/** @param seconds  How long the load lasts. */
export async function* overloadFigures(college: College, seconds: number): AsyncGenerator<string> {
  const { issuer, audience, gateway } = college;
  const load = async (rate: number, during: number): Promise<Load> => {
    // A token holds for a quarter of an hour.
    const token = await loginAs({ issuer, audience, person: 'T0001' });
    const parts = [CLIENT, gateway.url, token, String(rate), String(during)];
    const { stdout } = await run(process.execPath, parts);
    return JSON.parse(stdout) as Load;
  };
  await load(0, 3);
  const peak = await load(0, PEAK_SECONDS);
  yield `peak: ${peak.perSecond.toFixed(1)}/s, median ${peak.medianMs.toFixed(0)} ms`;

  const memory: number[] = [];
  const sampling = setInterval(() => memory.push(process.memoryUsage().rss), SAMPLE_MS);
  const over = await load(peak.perSecond * 2, seconds);
  const after = await load(2, 1);
  const later = await load(2, 5);
  clearInterval(sampling);

  const served = (over.perSecond / peak.perSecond).toFixed(2);
  yield `twice of it for ${seconds} s: ${over.answered} answered (× ${served} of the peak), ${over.refused} refused with 503, ${over.failed} neither`;
  yield `slowest answer ${over.slowestMs.toFixed(0)} ms, slowest refusal ${over.slowestRefusalMs.toFixed(0)} ms`;
  const tenth = Math.max(1, Math.floor(memory.length / 10));
  const mean = (some: readonly number[]) =>
    some.reduce((a, b) => a + b, 0) / some.length / MEGABYTE;
  yield `memory: ${mean(memory.slice(tenth, 2 * tenth)).toFixed(0)} MB after a tenth of it, ${mean(memory.slice(-tenth)).toFixed(0)} MB at the end`;
  yield `after it: median ${after.medianMs.toFixed(0)} ms in the first second, ${later.medianMs.toFixed(0)} ms in the next five`;
}
