import { spawn, type ChildProcess } from 'node:child_process';

/**
 * Start a command as a terminal does: a group of processes, with whatever it starts itself. What it
 * complains of is seen.
 */
export const startGroup = (
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): ChildProcess =>
  spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'ignore', 'inherit'] });

/** Send a signal to a whole group; one that could not be started has nobody in it. */
export function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid) process.kill(-pid, signal);
}
