/** A process of its own for each part, so that its processor time is its own. */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Nothing of the starter's environment: no key or address by which a part would report elsewhere. */
export const ENVIRONMENT = {
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  NODE_ENV: 'production',
  APOLLO_TELEMETRY_DISABLED: '1',
};

const STOP_MS = 10_000;

export interface Child {
  readonly pid: number;
  stop(): Promise<void>;
}
/** A process of ours, which answers one message after the other. */
export interface AnsweringChild extends Child {
  ask<Answer>(asked: object): Promise<Answer>;
  /** Stands still, until it goes on: what it does at rest costs nobody else anything. */
  pause(): void;
  goOn(): void;
}

type Answered = { readonly answer: unknown } | { readonly error: string };

/** What was started and has not ended: it ends with this process, also when that is interrupted. */
const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

function known(child: ChildProcess): void {
  running.add(child);
  child.once('exit', () => running.delete(child));
}

/** Ends this one process, and no other. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  child.kill('SIGTERM');
  // One that stands still would not hear of it.
  child.kill('SIGCONT');
  await ended;
  clearTimeout(late);
}

/** Start a file of ours; what it prints is no figure and goes beside them. */
export function startAnswering(file: string, args: readonly string[] = []): AnsweringChild {
  const stdio = ['ignore', 2, 2, 'ipc'] as const;
  const child = fork(file, args, { env: ENVIRONMENT, execArgv: [], stdio: [...stdio] });
  known(child);
  return {
    pid: child.pid ?? 0,
    ask: <Answer>(asked: object) =>
      new Promise<Answer>((resolve, reject) => {
        const ended = () => reject(new Error(`${file} has ended.`));
        child.once('exit', ended);
        child.once('message', (said: Answered) => {
          child.off('exit', ended);
          if ('error' in said) reject(new Error(said.error));
          else resolve(said.answer as Answer);
        });
        child.send(asked);
      }),
    pause: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
    stop: () => end(child),
  };
}

/** Start a program that is not ours; what it says is kept for when it does not come up. */
export function startForeign(
  args: readonly string[],
  folder: string,
  env: NodeJS.ProcessEnv = ENVIRONMENT,
): Child & { said(): string; hasEnded(): boolean } {
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  const child = spawn(process.execPath, args, { env, cwd: folder, stdio: [...stdio] });
  known(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-2000)));
  return {
    pid: child.pid ?? 0,
    said: () => said,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    stop: () => end(child),
  };
}

/** In a process of ours: answer its parent, and end with it. */
export function answerParent(answer: (asked: never) => Promise<unknown>): void {
  const reply = async (asked: unknown) => {
    try {
      process.send?.({ answer: await answer(asked as never) });
    } catch (error) {
      process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : 'failed' });
    }
  };
  process.on('message', (asked) => void reply(asked));
  process.on('disconnect', () => process.exit());
  process.on('SIGTERM', () => process.exit());
}
