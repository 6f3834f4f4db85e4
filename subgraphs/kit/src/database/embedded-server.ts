import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { servesData } from './embedded-process.js';

/** A server process, ours or left by a starter that was killed. */
export interface Server {
  readonly pid: number;
  readonly port: number;
  hasEnded(): boolean;
}

/** Longest wait for a server that recovers after a crash. */
export const START_MS = 120_000;
const STOP_MS = 60_000;
const POLL_MS = 20;

/** Servers to be stopped with this process, should nobody have stopped them before. */
const running = new Set<Server>();

export function stopWithProcess(server: Server): void {
  if (running.size === 0) process.on('exit', stopAll);
  running.add(server);
}

const stopAll = (): void => running.forEach((server) => signal(server, 'SIGINT'));

/**
 * The server that a killed starter left on this data, if it may be kept; any other is stopped.
 * A pid file that no server answers for is cleared away. PostgreSQL would do so for most, but not
 * when the number is some other program's by now. What is left of a killed server it knows by its
 * shared memory too.
 */
export async function leftOver(
  data: string,
  mayKeep: (port: number) => Promise<boolean>,
): Promise<Server | undefined> {
  const found = readPidFile(data);
  if (!found) return undefined;
  const { pid, port } = found;
  if (!servesData(pid, data)) {
    rmSync(pidFile(data), { force: true });
    return undefined;
  }
  const server: Server = { pid, port, hasEnded: () => !servesData(pid, data) };
  stopWithProcess(server);
  await until(() => server.hasEnded() || stateOf(server, data) !== 'starting', START_MS);
  if (stateOf(server, data) === 'ready' && (await mayKeep(port))) return server;
  await endServer(server);
  return undefined;
}

/** Wait until a server answers. @returns Whether it does. */
export async function isReady(server: Server, data: string): Promise<boolean> {
  await until(() => server.hasEnded() || stateOf(server, data) === 'ready', START_MS);
  return !server.hasEnded() && stateOf(server, data) === 'ready';
}

/** Stop a server without waiting for its clients; should that take too long, at once. */
export async function endServer(server: Server): Promise<void> {
  signal(server, 'SIGINT');
  if (!(await until(server.hasEnded, STOP_MS))) signal(server, 'SIGQUIT');
  if (!(await until(server.hasEnded, STOP_MS))) {
    throw new Error(`PostgreSQL (process ${server.pid}) does not stop: end it by hand.`);
  }
  running.delete(server);
  if (running.size === 0) process.off('exit', stopAll);
}

function signal(server: Server, name: NodeJS.Signals): void {
  if (server.hasEnded()) return;
  try {
    process.kill(server.pid, name);
  } catch {
    // It ended in this instant.
  }
}

const pidFile = (data: string): string => join(data, 'postmaster.pid');

/** What a server writes about itself: number, folder, start, port, socket, address, key, state. */
function readPidFile(data: string): { pid: number; port: number; state: string } | undefined {
  try {
    const lines = readFileSync(pidFile(data), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), state: lines[7]?.trim() ?? 'starting' };
  } catch {
    return undefined;
  }
}

function stateOf(server: Server, data: string): string {
  const file = readPidFile(data);
  return file?.pid === server.pid ? file.state : 'starting';
}

/** @returns Whether the condition came true in time. */
async function until(condition: () => boolean, ms: number): Promise<boolean> {
  for (const end = Date.now() + ms; !condition(); await pause(POLL_MS)) {
    if (Date.now() > end) return false;
  }
  return true;
}
