import { parseArgs } from 'node:util';
import { appealDaysOf, portOf, studentScopesOf } from '@chengxin/kit/server/config';
import { dataFolder } from '@chengxin/kit/command/run-file';
import { createLog } from '@chengxin/kit/server/log';
import { untilStopped } from '@chengxin/kit/server/signals';
import { USUAL_PORT } from '@chengxin/gateway/config';
import { readOrigins } from '@chengxin/gateway/cors';
import { readLimits } from '@chengxin/gateway/limits/settings';
import { developHere } from '@chengxin/gateway/mode';
import type { College } from './college.js';
import { isWithoutDemo } from './demo-marks.js';
import { startFilled } from './start-filled.js';

const STUDENTS = 2000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function announce({ gateway, issuer, folder }: College, startedAt: number): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const person = isWithoutDemo(folder) ? '<staff number>' : 'T0110';
  say(`
Chengxin answers after ${seconds} s.
  graph     ${gateway.url}
  explorer  ${gateway.origin}/
  login     ${issuer}
  a token   npm run --silent token -- ${person}
Stop with Ctrl-C.`);
}

/** The one option of `npm start`: `--empty`. */
const readArgs = (args: readonly string[]): boolean =>
  parseArgs({ args: [...args], options: { empty: { type: 'boolean', default: false } } }).values
    .empty;

/**
 * Start, seed once, serve until signalled to stop.
 *
 * @returns Exit code.
 */
export async function startCommand(args: readonly string[]): Promise<number> {
  developHere();
  const startedAt = performance.now();
  const stopped = untilStopped();
  let college: College | undefined;
  try {
    const empty = readArgs(args);
    const folder = dataFolder();
    const log = createLog('college', process.env['LOG_LEVEL'] ?? 'warn');
    const port = portOf(process.env, 'PORT', USUAL_PORT);
    const limits = readLimits(process.env);
    const corsOrigins = readOrigins(process.env);
    const studentScopes = studentScopesOf(process.env);
    const appealDays = appealDaysOf(process.env);
    college = await startFilled(
      { folder, port, log, limits, corsOrigins, studentScopes, appealDays },
      {
        empty,
        onFirst: () => say('First start: a demo college is written and imported.'),
        demo: {
          students: STUDENTS,
          onFile: ({ office, kind }, { rows }) => say(`  ${office} ${kind}: ${rows} rows`),
        },
      },
    );
    announce(college, startedAt);
    await stopped;
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  } finally {
    await college?.stop();
  }
}
