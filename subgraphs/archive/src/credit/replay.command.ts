import { parseArgs } from 'node:util';
import { dayOf } from '@chengxin/kit/clock';
import { forkOf } from '@chengxin/kit/database/orm';
import type { OfficeCommand } from '@chengxin/kit/server/run';
import { replayDay, type Difference, type Replayed } from './replay.js';

const USAGE = 'Usage: npm run replay -w @chengxin/archive -- --on 2026-05-01';
const EXIT_DIFFERENT = 1;
const EXIT_USAGE = 2;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Who and which parts; never a score or a grade: whoever runs the command reads no business data. */
const lineOf = ({ studentNo, runId, parts }: Difference): string =>
  `${studentNo} ${runId ?? 'provisional'}: ${parts.join(', ')}`;

/** What a replay came to, for the terminal. */
export function reportOf(on: string, replayed: Replayed): string {
  const { students, snapshots, differences, unknown } = replayed;
  const wrong = new Set(differences.map(({ studentNo }) => studentNo));
  const lines = differences.map(lineOf);
  if (unknown.length)
    lines.push(
      `${unknown.length} students cannot be computed again: nothing was kept of what was known of them by then, or their records were erased since.`,
    );
  lines.push(`${on}: ${students} students, ${snapshots} snapshots, ${wrong.size} students differ.`);
  return `${lines.join('\n')}\n`;
}

/** A day of the calendar that has begun; undefined for anything else. */
function dayIn(args: readonly string[], today: string): string | undefined {
  const { values } = parseArgs({ args: [...args], options: { on: { type: 'string' } } });
  const { on = '' } = values;
  const isDay = DAY.test(on) && dayOf(new Date(`${on}T00:00:00+08:00`)) === on;
  return isDay && on <= today ? on : undefined;
}

/** `npm run replay -w @chengxin/archive -- --on 2026-05-01`; ends with 1 where somebody differs. */
export const replay: OfficeCommand = async ({ orm, config }, args) => {
  const now = config.clock.now();
  const on = dayIn(args, dayOf(now));
  if (!on) {
    process.stderr.write(`${USAGE}\n`);
    return EXIT_USAGE;
  }
  const replayed = await replayDay(forkOf(orm), now, on);
  process.stdout.write(reportOf(on, replayed));
  return replayed.differences.length ? EXIT_DIFFERENT : 0;
};
