/** `npm run new-office -- <name>`: the skeleton of an office, to be filled (CONTRIBUTING). */
import { join } from 'node:path';
import { newOffice } from './new-office/new-office.js';

const ROOT = join(import.meta.dirname, '../../..');

try {
  const { made, changed } = newOffice(ROOT, process.argv[2]);
  const lines = [
    ...made.map((path) => `new      ${path}`),
    ...changed.map((path) => `changed  ${path}`),
    'What comes next: CONTRIBUTING.md, "A new office".',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
