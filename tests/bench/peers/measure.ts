/** Measures everybody on a case, in rounds by turns, so that what else the machine does falls on all. */
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { PeerCase } from './cases.js';
import type { Contestant } from './contestant.js';
import type { Started } from './contestants.js';
import { processorMs, quiet } from './cpu.js';

/**
 * Of one request, as the median of the rounds; processor time in milliseconds, without what the same
 * processes spend at rest.
 */
export interface Figures {
  readonly perSecond: number;
  readonly gatewayMs: number;
  readonly officesMs: number;
  readonly postgresMs: number;
}
export interface Row {
  readonly name: string;
  readonly figures: Figures;
  /** Statements of one request; undefined where no office is asked. */
  readonly statements?: number;
  /** Answers with an error, of all rounds. */
  readonly errors: number;
  /** Whether it answers as the first one does. */
  readonly isAlike: boolean;
}
export interface Measured {
  readonly name: string;
  readonly rows: readonly Row[];
}

export interface Plan {
  readonly seconds: number;
  readonly rounds: number;
  readonly postgres: number;
}

/** What is compared before anything is measured. */
const COMPARED = [1, 2, 3, 4, 5];
const WARM_UP = 0.3;
const [SETTLE_MS, REST_MS] = [1000, 3000];

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

interface Compared {
  readonly answers: unknown[];
  readonly statements?: number;
}

async function answersOf({ answer, offices }: Contestant, one: PeerCase): Promise<Compared> {
  const answers: unknown[] = [];
  // The first request of a kind is planned, and its caller identified.
  await answer(one, 0);
  await offices?.ask({ count: 'from' });
  for (const index of COMPARED) answers.push(JSON.parse(await answer(one, index)));
  const counted = await offices?.ask<number>({ count: 'to' });
  return { answers, ...(counted !== undefined && { statements: counted / COMPARED.length }) };
}

/** Processes whose time is read: in front, the offices, the databases. */
const pidsOf = ({ front, offices }: Contestant, { postgres }: Plan): number[] => [
  front.pid,
  offices?.pid ?? 0,
  postgres,
];

/** Processor time of each process in one second in which nobody asks. */
async function restOf(contestant: Contestant, plan: Plan): Promise<number[]> {
  const pids = pidsOf(contestant, plan);
  await pause(SETTLE_MS);
  const before = pids.map(processorMs);
  await pause(REST_MS);
  return pids.map((pid, index) => ((processorMs(pid) - (before[index] ?? 0)) * 1000) / REST_MS);
}

async function measureOnce(
  contestant: Contestant,
  one: PeerCase,
  plan: Plan,
  rest: readonly number[],
): Promise<{ figures: Figures; errors: number }> {
  const { load } = contestant;
  const pids = pidsOf(contestant, plan);
  await load(one, plan.seconds * 1000 * WARM_UP);
  const before = pids.map(processorMs);
  const { done, errors, ms } = await load(one, plan.seconds * 1000);
  const [gatewayMs = 0, officesMs = 0, postgresMs = 0] = pids.map((pid, index) => {
    const spent = processorMs(pid) - (before[index] ?? 0);
    return Math.max(0, spent - ((rest[index] ?? 0) * ms) / 1000) / done;
  });
  const perSecond = done / (ms / 1000);
  return { figures: { perSecond, gatewayMs, officesMs, postgresMs }, errors };
}

/** What each spends at rest, measured once and told beside the figures. */
export async function restsOf(
  contestants: readonly Contestant[],
  turnOf: Started['turnOf'],
  plan: Plan,
): Promise<Map<Contestant, number[]>> {
  const rests = new Map<Contestant, number[]>();
  for (const contestant of contestants) {
    turnOf(contestant);
    rests.set(contestant, await restOf(contestant, plan));
  }
  return rests;
}

/** @param contestants  The first of them says what the right answer is. */
export async function measureCase(
  contestants: readonly Contestant[],
  { believe, turnOf }: Pick<Started, 'believe' | 'turnOf'>,
  one: PeerCase,
  plan: Plan,
  rests: ReadonlyMap<Contestant, readonly number[]>,
): Promise<Measured> {
  await believe(one);
  const compared = new Map<Contestant, Compared>();
  for (const contestant of contestants) {
    turnOf(contestant);
    compared.set(contestant, await answersOf(contestant, one));
  }
  const [right] = compared.values();

  const runs = new Map(contestants.map((contestant) => [contestant, [] as Figures[]]));
  const errors = new Map<Contestant, number>();
  for (let round = 0; round < plan.rounds; round += 1)
    for (const contestant of contestants) {
      turnOf(contestant);
      const rest = rests.get(contestant) ?? [];
      const run = await measureOnce(contestant, one, plan, rest);
      await quiet(
        pidsOf(contestant, plan),
        rest.reduce((a, b) => a + b, 0),
      );
      runs.get(contestant)?.push(run.figures);
      errors.set(contestant, (errors.get(contestant) ?? 0) + run.errors);
    }

  const rows = contestants.map((contestant): Row => {
    const of = (figure: keyof Figures) =>
      median((runs.get(contestant) ?? []).map((run) => run[figure]));
    const { answers, statements } = compared.get(contestant) ?? { answers: [] };
    return {
      name: contestant.name,
      figures: {
        perSecond: of('perSecond'),
        gatewayMs: of('gatewayMs'),
        officesMs: of('officesMs'),
        postgresMs: of('postgresMs'),
      },
      ...(statements !== undefined && { statements }),
      errors: errors.get(contestant) ?? 0,
      isAlike: isDeepStrictEqual(answers, right?.answers),
    };
  });
  return { name: one.name, rows };
}
