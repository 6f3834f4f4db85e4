import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync } from 'node:fs';

/** Fields of `/proc/<pid>/stat` after the command: state first, start time as the twentieth. */
const STATE = 0;
const STARTED = 19;

/**
 * When a process started, in whatever words the system has for it. Together with the number it
 * names one process for ever; a number alone is given to another one day.
 *
 * @returns `undefined` when there is no such process, or only its remains.
 */
export function startOf(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined;
  if (process.platform === 'win32') return 'alive';
  if (process.platform !== 'linux') return columnOf(pid, 'lstart=');
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields?.[STATE] === 'Z' ? undefined : fields?.[STARTED];
}

/** Whether a process is a PostgreSQL server on this very data folder. */
export function servesData(pid: number, data: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform === 'win32') return true;
  if (process.platform !== 'linux') {
    const command = columnOf(pid, 'command=');
    return command !== undefined && command.includes('postgres') && command.includes(data);
  }
  // Every server works from its data folder, whatever name it was given for it.
  const name = read(() => readFileSync(`/proc/${pid}/comm`, 'utf8'));
  const folder = read(() => readlinkSync(`/proc/${pid}/cwd`));
  return name === 'postgres\n' && folder === realpathSync(data);
}

/** Whether the number is that of some process, whoever owns it. */
function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const columnOf = (pid: number, column: string): string | undefined =>
  read(() =>
    execFileSync('ps', ['-ww', '-o', column, '-p', String(pid)], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim(),
  );

/** What can be read of a process; processes end, and others are none of our business. */
function read(source: () => string): string | undefined {
  try {
    return source();
  } catch {
    return undefined;
  }
}
