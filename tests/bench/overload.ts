/**
 * Twice the load that can be served, for minutes: what is served meanwhile, and how soon all is as before.
 * Gateway, offices and clients are processes of their own, as where each runs on its own machine.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Load } from './overload-client.js';
import { startAnswering } from './peers/child.js';
import { onCollege, type College } from './peers/college.js';
import type { GatewayStart } from './peers/our-gateway.js';

const CLIENT = join(import.meta.dirname, 'overload-client.js');
const SAMPLE_MS = 1000;
const PEAK_SECONDS = 10;
/** Requests of a second, and for how long, while all places are taken: shorter than the gateway waits. */
const [HELD_RATE, HELD_SECONDS] = [300, 4];
const ADMINISTRATOR = 'T0001';

const run = promisify(execFile);

/** Megabytes of memory that a process holds now. */
const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1000;

const mean = (some: readonly number[]): number => some.reduce((a, b) => a + b, 0) / some.length;

async function startParts({ folder, databases, issuer }: College) {
  const keys = join(folder, 'keys');
  const fileOf = (name: string) => join(import.meta.dirname, 'peers', name);
  const offices = startAnswering(fileOf('offices.js'));
  const gateway = startAnswering(fileOf('our-gateway.js'));
  const stop = async () => {
    await gateway.stop();
    await offices.stop();
  };
  const addresses = await offices.ask<Record<string, string>>({ start: { databases, keys } });
  const { issuer: url, audience } = issuer;
  const origin = await gateway.ask<string>({
    keys,
    issuer: url,
    audience,
    addresses,
  } satisfies GatewayStart);
  return { origin, pids: [gateway.pid, offices.pid], offices, stop };
}

const refusals = (load: Load): string =>
  `${load.refused}, median ${load.medianRefusalMs.toFixed(1)} ms, ${(load.soonRefused * 100).toFixed(1)}% within 10 ms, 99% within ${load.mostRefusalsMs.toFixed(0)} ms, slowest ${load.slowestRefusalMs.toFixed(0)} ms`;

async function measure(college: College, seconds: number, say: (line: string) => void) {
  const parts = await startParts(college);
  const load = async (rate: number, during: number): Promise<Load> => {
    // A token holds for a quarter of an hour.
    const token = await college.issuer.token(ADMINISTRATOR);
    const student = college.studentNos[0] ?? '';
    const sent = [CLIENT, `${parts.origin}/graphql`, token, student, String(rate), String(during)];
    const { stdout } = await run(process.execPath, sent);
    return JSON.parse(stdout) as Load;
  };
  try {
    await load(0, 3);
    const peak = await load(0, PEAK_SECONDS);
    say(`peak: ${peak.perSecond.toFixed(1)}/s, median ${peak.medianMs.toFixed(0)} ms`);

    const memory: number[] = [];
    const sample = () => memory.push(parts.pids.map(memoryOf).reduce((a, b) => a + b, 0));
    const sampling = setInterval(sample, SAMPLE_MS);
    const over = await load(peak.perSecond * 2, seconds);
    const after = await load(2, 1);
    const later = await load(2, 5);
    clearInterval(sampling);
    // Offices that stand still: the first requests keep all places, and nothing else wants the processor.
    parts.offices.pause();
    const held = await load(HELD_RATE, HELD_SECONDS);
    parts.offices.goOn();

    const served = (over.perSecond / peak.perSecond).toFixed(2);
    say(
      `twice of it for ${seconds} s: ${over.answered} answered (× ${served} of the peak), ${over.refused} refused with 503, ${over.failed} neither`,
    );
    say(`answers: median ${over.medianMs.toFixed(0)} ms, slowest ${over.slowestMs.toFixed(0)} ms`);
    say(`refusals: ${refusals(over)}`);
    say(`refusals while all places wait for offices that stand still: ${refusals(held)}`);
    const tenth = Math.max(1, Math.floor(memory.length / 10));
    say(
      `memory of both: ${mean(memory.slice(tenth, 2 * tenth)).toFixed(0)} MB after a tenth of it, ${mean(memory.slice(-tenth)).toFixed(0)} MB at the end`,
    );
    say(
      `after it: median ${after.medianMs.toFixed(0)} ms in the first second, ${later.medianMs.toFixed(0)} ms in the next five`,
    );
  } finally {
    await parts.stop();
  }
}

/** @param seconds  How long the load lasts. */
export const overloadFigures = (
  students: number,
  seconds: number,
  say: (line: string) => void,
): Promise<void> => onCollege(students, say, (college) => measure(college, seconds, say));
