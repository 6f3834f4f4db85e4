/** `npm run --silent token -- T0110`: a token on stdout and nothing else. */
import { tokenCommand } from './token-command.js';

const { exitCode, out, problem } = await tokenCommand(process.argv.slice(2), process.env);
if (out) process.stdout.write(`${out}\n`);
if (problem) process.stderr.write(`${problem}\n`);
process.exitCode = exitCode;
