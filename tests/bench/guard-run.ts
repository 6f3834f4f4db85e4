/**
 * One measurement of what the guard costs, in a process of its own: `guard-run.js <folder> <operation>
 * <seconds> [parts taken out]`, on a college that was seeded before. Prints one line of JSON.
 */
import { createLog } from '@chengxin/kit/server/log';
import { measure } from './client.js';
import { OPERATIONS } from './operations.js';
import { takeOut, type Part } from './without/hooks.js';

const [folder = '', name, seconds, ...parts] = process.argv.slice(2);
takeOut(['jobs', ...(parts as Part[])]);
// Loaded only now, so that the stand-ins are found.
const { startCollege } = await import('@chengxin/college/college');

const operation = OPERATIONS.find((one) => one.name === name);
if (!operation) throw new Error(`There is no operation called ${name}.`);
const college = await startCollege({ folder, port: 0, log: createLog('bench', 'silent') });
try {
  process.stdout.write(`${JSON.stringify(await measure(college, operation, Number(seconds)))}\n`);
} finally {
  await college.stop();
}
