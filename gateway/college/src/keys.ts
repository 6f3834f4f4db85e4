/** `npm run keys -- /etc/chengxin/keys`: the keys of all parts, to be taken to their machines. */
import { keysCommand } from './keys-command.js';

process.exitCode = await keysCommand(process.argv.slice(2));
