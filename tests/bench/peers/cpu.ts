/** Processor time of other processes, from `/proc`: Linux alone has it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Linux counts in hundredths of a second, whatever the machine (`getconf CLK_TCK`). */
const TICK_MS = 10;
/** Fields of `/proc/<pid>/stat` after the command. */
const [PARENT, USER, SYSTEM, USER_OF_ENDED, SYSTEM_OF_ENDED] = [1, 11, 12, 13, 14];

interface Times {
  readonly parent: number;
  readonly ticks: number;
  readonly ofEnded: number;
}

function timesOf(pid: number): Times | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const at = (field: number) => Number(fields[field]);
  return {
    parent: at(PARENT),
    ticks: at(USER) + at(SYSTEM),
    ofEnded: at(USER_OF_ENDED) + at(SYSTEM_OF_ENDED),
  };
}

/** Milliseconds of a process and all below it, those that have ended among them. */
export function processorMs(pid: number): number {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  const all = new Map(pids.map((one) => [one, timesOf(one)]));
  const sum = (one: number): number => {
    const times = all.get(one);
    if (!times) return 0;
    const below = pids.filter((child) => all.get(child)?.parent === one);
    return times.ticks + times.ofEnded + below.map(sum).reduce((a, b) => a + b, 0);
  };
  return sum(pid) * TICK_MS;
}

/** The embedded server of a college; its other processes are below it. */
export const postgresOf = (folder: string): number =>
  Number.parseInt(
    readFileSync(join(folder, 'postgresql/postgres/postmaster.pid'), 'utf8').split('\n')[0] ?? '',
    10,
  );

/** Milliseconds of several processes. */
const allOf = (pids: readonly number[]): number => pids.map(processorMs).reduce((a, b) => a + b, 0);

const LOOK_MS = 500;
const LOOKS = 20;
/** What else happens in the time of a look. */
const CHANCE_MS = 40;

/**
 * Wait until processes have done what the last measurement left them (events of what was read).
 *
 * @param atRest  Processor time of one second in which nobody asks.
 */
export async function quiet(pids: readonly number[], atRest: number): Promise<void> {
  const enough = (atRest * LOOK_MS * 1.2) / 1000 + CHANCE_MS;
  let before = allOf(pids);
  for (let look = 0; look < LOOKS; look += 1) {
    await pause(LOOK_MS);
    const now = allOf(pids);
    if (now - before <= enough) return;
    before = now;
  }
}
