/** `npm start`: the whole college on this machine; at the first start a demo college fills it, unless `--empty`. */
import { join } from 'node:path';
import { readEnvFiles } from '@chengxin/kit/server/env-files';
import { startCommand } from './start-command.js';

readEnvFiles(join(import.meta.dirname, '..'));
process.exitCode = await startCommand(process.argv.slice(2));
