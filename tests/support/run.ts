/** One run of the tests: a folder for all that it writes, and the process that cleans up after it. */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a run creates and the clean-up removes. */
export interface RunResources {
  readonly folder: string;
  /** Vitest's temporary folder, which it removes itself unless it is interrupted. */
  readonly runnersOwn: string;
  /** Names of databases and roles begin so. */
  readonly prefix: string;
  /** A server that stays when the run ends. */
  readonly adminUrl?: string;
  /** The run came to its end and stopped what it had started. */
  readonly hasEnded?: boolean;
}

export interface Run {
  readonly prefix: string;
  /** Clean up; rejects when something could not be removed. */
  end(): Promise<void>;
}

const CLEAN_UP = join(import.meta.dirname, 'clean-up.ts');
const LOOK_MS = 200;
/** Of the random part of a name. */
const BYTES = 4;

/** Under npm a shell lies between, which dies of a signal without passing it on. */
function endWithParent(): void {
  if (!process.env['npm_lifecycle_event']) return;
  const parent = process.ppid;
  const look = () => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  };
  setInterval(look, LOOK_MS).unref();
}

/**
 * @param runnersOwn  Folder of vitest's own.
 * @param adminUrl    An external server, whose databases and roles of this run go with it.
 */
export function beginRun(runnersOwn: string, adminUrl: string | undefined): Run {
  const name = randomBytes(BYTES).toString('hex');
  const folder = join(tmpdir(), `chengxin-run-${name}`);
  const prefix = `test_${name}`;
  const resources: RunResources = { folder, runnersOwn, prefix, ...(adminUrl && { adminUrl }) };
  // A session of its own: Ctrl-C is for the run.
  const cleanUp = fork(CLEAN_UP, [], { detached: true, execArgv: [], stdio: 'ignore' });
  cleanUp.send(resources);
  cleanUp.unref();
  cleanUp.channel?.unref();
  // A server of another user's passes through; each folder in it says for itself who may read.
  mkdirSync(folder, { mode: 0o711 });
  process.env['TMPDIR'] = folder;
  endWithParent();
  return {
    prefix,
    async end() {
      cleanUp.ref();
      const ended = once(cleanUp, 'exit');
      cleanUp.send({ ...resources, hasEnded: true }, () => cleanUp.disconnect());
      const [code] = (await ended) as [number | null];
      if (code !== 0) throw new Error(`${folder}, or databases ${prefix}_…, are left.`);
    },
  };
}
