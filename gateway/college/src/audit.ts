/** `npm run audit:verify`: whether the logs of every office are what was sealed. */
import { join } from 'node:path';
import { auditCommand } from '@chengxin/kit/command/audit';
import { readCommandSettings } from '@chengxin/kit/command/run-file';
import { readEnvFiles } from '@chengxin/kit/server/env-files';
import { loadOffices } from './office-list.js';

readEnvFiles(join(import.meta.dirname, '..'));
readCommandSettings();
const codes: number[] = [];
try {
  for (const office of await loadOffices())
    codes.push(await auditCommand(office, process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  codes.push(1);
}
process.exitCode = Math.max(...codes);
