/** Processes whose every connection and look-up is written down. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');
const HOOK = join(import.meta.dirname, 'hook.ts');

/** Where the process went, and to which port; a name that it looked up has none. */
export interface Contact {
  readonly host: string;
  readonly port?: number;
}

export interface Watched {
  readonly child: ChildProcess;
  /** Wait until it has written a text on its output; rejects when it ends before. */
  said(text: string): Promise<void>;
  /** What it has written so far. */
  output(): string;
  /** Its exit code. */
  ended(): Promise<number | null>;
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

export const isForeign = ({ host }: Contact): boolean => !LOOPBACK.has(host);

/** What all processes that wrote into a file contacted, in order. */
export const contactsIn = (file: string): Contact[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Contact)
    : [];

/** @param file  Where its contacts are written. */
export function startWatched(
  file: string,
  args: readonly string[],
  options: { env: NodeJS.ProcessEnv; cwd?: string },
): Watched {
  const child = spawn(process.execPath, args, {
    cwd: options.cwd ?? ROOT,
    env: { ...options.env, EGRESS_FILE: file, NODE_OPTIONS: `--import=${HOOK}` },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const end = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    output: () => output,
    ended: () => end,
    async said(text) {
      while (!output.includes(text)) {
        const code = await Promise.race([end, once(child.stdout, 'data').then(() => undefined)]);
        if (code !== undefined && !output.includes(text))
          throw new Error(`It ended with ${code}: ${output}`);
      }
    },
  };
}
