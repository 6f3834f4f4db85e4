import { parseArgs } from 'node:util';
import { dataFolder } from '@chengxin/kit/command/run-file';
import { createLog } from '@chengxin/kit/server/log';
import { developHere } from '@chengxin/gateway/mode';
import { startCollege } from './college.js';
import { isWithoutDemo } from './demo-marks.js';
import { seedCollege } from './seed-college.js';

const USUAL_STUDENTS = '2000';
const EXIT_USAGE = 2;

/** Fill the college of the data folder. The same size twice changes nothing. */
export async function seedCommand(args: string[]): Promise<number> {
  developHere();
  const { values } = parseArgs({ args, options: { students: { type: 'string' } } });
  const students = Number(values.students ?? USUAL_STUDENTS);
  if (!Number.isInteger(students) || students < 0) {
    process.stderr.write('Usage: npm run seed -- --students 2000\n');
    return EXIT_USAGE;
  }
  const log = createLog('seed', process.env['LOG_LEVEL'] ?? 'warn');
  try {
    const folder = dataFolder();
    if (isWithoutDemo(folder))
      throw new Error(
        `The college in ${folder} is not the demo: name another folder in CHENGXIN_DATA.`,
      );
    const college = await startCollege({ folder, port: 0, log });
    try {
      const startedAt = performance.now();
      await seedCollege(college, {
        students,
        onFile: ({ office, kind }, { rows }) => {
          const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
          process.stdout.write(`${seconds} s  ${office} ${kind}: ${rows} rows\n`);
        },
      });
    } finally {
      await college.stop();
    }
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}
