/** `npm start`: the whole college on this machine; at the first start a demo college fills it, unless `--empty`. */
import { startCommand } from './start-command.js';

process.exitCode = await startCommand(process.argv.slice(2));
