/** `npm run seed -- --students 2000`: fills the college of the data folder, which must not be running. */
import { seedCommand } from './seed-command.js';

process.exitCode = await seedCommand(process.argv.slice(2));
