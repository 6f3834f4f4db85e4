/** The import command as a process of its own, as `npm run import` starts it. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestCollege } from '../support/college.js';
import { goWithMachine } from '../support/machine-clock.js';

const ROOT = join(import.meta.dirname, '../..');
const COMPILER = join(ROOT, 'node_modules/.bin/tsc');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly said: string;
  readonly warned: string;
}

export interface ImportProcess {
  readonly child: ChildProcess;
  /** Wait for the first line of progress, or for the end. */
  progress(): Promise<unknown>;
  readonly ended: Promise<Ended>;
}

function watched(child: ChildProcess): ImportProcess {
  const [said, warned]: [string[], string[]] = [[], []];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => said.push(text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => warned.push(text));
  const ended = once(child, 'close').then(([code, signal]): Ended => ({
    code,
    signal,
    said: said.join(''),
    warned: warned.join(''),
  }));
  const progress = () => Promise.race([once(child.stderr!, 'data'), ended]);
  return { child, progress, ended };
}

/** The last of the commands that a workspace's `import` runs: Node with its arguments. */
async function commandOf(workspace: string): Promise<string[]> {
  const content = await readFile(join(workspace, 'package.json'), 'utf8');
  const { scripts } = JSON.parse(content) as { scripts: Record<string, string> };
  return scripts['import']?.split(' && ').at(-1)?.split(' ').slice(1) ?? [];
}

/**
 * An office of a test college, to be imported into from outside.
 *
 * @param folder  Data folder of the command, in which it finds nothing.
 */
export async function outside(college: TestCollege, office: string, folder: string) {
  const workspace = join(ROOT, 'subgraphs', office);
  await promisify(execFile)(COMPILER, ['-b', workspace]);
  const command = await commandOf(workspace);
  const databaseUrl = college.started.offices.get(office)?.config.databaseUrl;
  const ofDatabase = {
    [`${office.toUpperCase()}_DATABASE_URL`]: databaseUrl,
    CHENGXIN_KEYS: college.keys,
  };
  const startWith =
    (more: Readonly<Record<string, string | undefined>>) =>
    async (person: string, ...args: string[]): Promise<ImportProcess> => {
      const stopClock = goWithMachine(college);
      const env = {
        ...process.env,
        ...more,
        CHENGXIN_GATEWAY: college.gateway.origin,
        CHENGXIN_TOKEN: await college.token(person),
        CHENGXIN_DATA: folder,
      };
      const child = spawn(process.execPath, [...command, ...args], { cwd: workspace, env });
      child.once('close', stopClock);
      return watched(child);
    };
  return {
    start: startWith(ofDatabase),
    /** Knows the gateway alone: no database, no key. */
    startAway: startWith({}),
  };
}
