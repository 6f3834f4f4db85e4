/**
 * `npm run bench -- peers`: requests per second and processor time of the product, of other gateways
 * without privacy, and of SQL by hand, over the same databases in the same run. Loopback only.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { CASES, GROWTH_CASES, type PeerCase } from './cases.js';
import { onCollege, type College } from './college.js';
import type { Contestant } from './contestant.js';
import { startContestants } from './contestants.js';
import { installPeers } from './installed.js';
import { measureCase, restsOf, type Measured } from './measure.js';
import { FLOOR, OURS, STOCK } from './names.js';
import { caseTable, officesTable, ratioTable, rounded, sizesTable } from './table.js';

/** Built, this file lies in `tests/dist/bench/peers`. */
const DOCUMENT = join(import.meta.dirname, '../../../../docs/performance.md');
const [BEGIN, END] = ['<!-- figures -->', '<!-- end of figures -->'];

export interface PeersOptions {
  readonly students: number;
  /** Another size of college on which the cases are measured again. */
  readonly grown?: number;
  readonly seconds: number;
  readonly rounds: number;
  /** Whether the tables are written into the document. */
  readonly write: boolean;
  readonly say: (line: string) => void;
}

type Some = (contestant: Contestant) => boolean;
const isOneOf =
  (...names: readonly string[]): Some =>
  ({ name }) =>
    names.includes(name);

/** Measures cases on one college, and says the tables as they come. */
async function measureOn(
  college: College,
  options: PeersOptions,
  measure: (run: (cases: readonly PeerCase[], some?: Some) => Promise<Measured[]>) => Promise<void>,
) {
  const { seconds, rounds, say } = options;
  const plan = { seconds, rounds, postgres: college.postgres };
  const started = await startContestants(college, await installPeers());
  const { contestants: all, turnOf, missing } = started;
  try {
    const rests = await restsOf(all, turnOf, plan);
    await measure(async (cases, some = () => true) => {
      const measured: Measured[] = [];
      const contestants = all.filter(some);
      for (const one of cases) {
        const figures = await measureCase(contestants, started, one, plan, rests);
        measured.push(figures);
        for (const text of caseTable(figures, [])) say(text);
      }
      return measured;
    });
    return { missing, rest: rests.get(all[0] as Contestant) ?? [] };
  } finally {
    await started.stop();
  }
}

const headline = ({ students, seconds, rounds }: PeersOptions): string =>
  `${availableParallelism()} cores, Node ${process.version}, ${students.toLocaleString('en')} students, medians of ${rounds} rounds of ${seconds} s by turns; load of the machine before the run: ${rounded(loadavg()[0] ?? 0)}.`;

const restLine = ([, offices = 0, postgres = 0]: readonly number[]): string =>
  `Guarded offices at rest (they read each other's feeds): ${rounded(offices)} ms of Node and ${rounded(postgres)} ms of PostgreSQL a second, which the figures leave out.`;

/** The tables between the marks of the document. */
function writeDown(lines: readonly string[]): void {
  const text = readFileSync(DOCUMENT, 'utf8');
  const [from, to] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)];
  writeFileSync(DOCUMENT, `${text.slice(0, from)}\n\n${lines.join('\n')}\n\n${text.slice(to)}`);
}

export async function comparePeers(options: PeersOptions): Promise<void> {
  const { students, grown, write, say } = options;
  const head = headline(options);
  const cases: Measured[] = [];
  const byOffices: Measured[] = [];
  const { missing, rest } = await onCollege(students, say, (college) =>
    measureOn(college, options, async (run) => {
      cases.push(...(await run(CASES)));
      byOffices.push(...(await run(GROWTH_CASES, isOneOf(OURS, STOCK))));
    }),
  );
  const lines = [
    head,
    '',
    restLine(rest),
    '',
    ...cases.flatMap((one) => [...caseTable(one, missing), '']),
    ...ratioTable(cases),
    '',
    ...officesTable(byOffices),
  ];
  // Before the larger college, whose seeding takes minutes.
  if (write) writeDown(lines);
  if (grown) {
    const large: Measured[] = [];
    await onCollege(grown, say, (college) =>
      measureOn(college, options, async (run) => {
        large.push(...(await run(CASES, isOneOf(OURS, STOCK, FLOOR))));
      }),
    );
    lines.push('', ...sizesTable([students, grown], cases, large));
    if (write) writeDown(lines);
  }
  for (const text of lines) say(text);
}
