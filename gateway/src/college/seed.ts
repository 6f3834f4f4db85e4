/** `npm run seed -- --students 2000`: fills the college of the data folder, which must not be running. */
import '@chengxin/kit/command/node-version';

const { seedCommand } = await import('./seed-command.js');
process.exitCode = await seedCommand(process.argv.slice(2));
