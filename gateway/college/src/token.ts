/** `npm run --silent token -- T0110`: a token on stdout and nothing else. */
import { join } from 'node:path';
import { readEnvFiles } from '@chengxin/kit/server/env-files';
import { tokenCommand } from './token-command.js';

readEnvFiles(join(import.meta.dirname, '..'));
const { exitCode, out, problem } = await tokenCommand(process.argv.slice(2), process.env);
if (out) process.stdout.write(`${out}\n`);
if (problem) process.stderr.write(`${problem}\n`);
process.exitCode = exitCode;
