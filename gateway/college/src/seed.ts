/** `npm run seed -- --students 2000`: fills the college of the data folder, which must not be running. */
import { join } from 'node:path';
import { readEnvFiles } from '@chengxin/kit/server/env-files';
import { seedCommand } from './seed-command.js';

readEnvFiles(join(import.meta.dirname, '..'));
process.exitCode = await seedCommand(process.argv.slice(2));
