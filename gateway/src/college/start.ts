/** `npm start`: the whole college on this machine; at the first start a demo college fills it. */
import '@chengxin/kit/command/node-version';

// Imported late, so that the guard speaks before a newer syntax can fail.
const { startCommand } = await import('./start-command.js');
process.exitCode = await startCommand();
