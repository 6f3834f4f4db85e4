import { portOf } from '@chengxin/kit/server/config';
import { dataFolder } from '@chengxin/kit/command/run-file';
import { createLog } from '@chengxin/kit/server/log';
import { untilStopped } from '@chengxin/kit/server/signals';
import { USUAL_PORT } from '@chengxin/gateway/config';
import { readLimits } from '@chengxin/gateway/limits/settings';
import { developHere } from '@chengxin/gateway/mode';
import { startCollege, type College } from './college.js';
import { isSeeded, seedCollege } from './seed-college.js';

const STUDENTS = 2000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function announce({ gateway, issuer }: College, startedAt: number): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  say(`
Chengxin answers after ${seconds} s.
  graph     ${gateway.url}
  explorer  ${gateway.origin}/
  login     ${issuer}
  a token   npm run --silent token -- T0110
Stop with Ctrl-C.`);
}

/**
 * Start, seed once, serve until told to stop.
 *
 * @returns Exit code.
 */
export async function startCommand(): Promise<number> {
  developHere();
  const startedAt = performance.now();
  const stopped = untilStopped();
  let college: College | undefined;
  try {
    const folder = dataFolder();
    const log = createLog('college', process.env['LOG_LEVEL'] ?? 'warn');
    const port = portOf(process.env, 'PORT', USUAL_PORT);
    college = await startCollege({ folder, port, log, limits: readLimits(process.env) });
    if (!isSeeded(folder)) {
      say('First start: a demo college is written and imported.');
      const onFile = (
        { office, kind }: { office: string; kind: string },
        { rows }: { rows: number },
      ) => say(`  ${office} ${kind}: ${rows} rows`);
      await seedCollege(college, { students: STUDENTS, onFile });
    }
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
