/** Where a running `npm start` is to be found; written by it, read by the commands. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

export interface RunFile {
  /** Address of the embedded identity provider. */
  readonly issuer: string;
  /** Address of the graph. */
  readonly gateway: string;
  /** What the tokens are for. */
  readonly audience: string;
}

// The same folder from every workspace: npm runs a command in the folder of its package.
const ROOT = resolve(import.meta.dirname, '../../../..');

/** The data folder: `CHENGXIN_DATA`, or `.data` beside the root package.json. */
export const dataFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  resolve(ROOT, env['CHENGXIN_DATA'] || '.data');

/** Takes the settings that `npm start` left for the commands, under what the environment says. */
export function readCommandSettings(folder = dataFolder()): void {
  const file = join(folder, 'commands.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

const fileIn = (folder: string): string => join(folder, 'college.json');

/** Write it; a reader sees the old file or the new one, never half of it. */
export async function writeRunFile(content: RunFile, folder = dataFolder()): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = `${fileIn(folder)}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(content, null, 2)}\n`);
  await rename(draft, fileIn(folder));
}

/** Read it; one sentence when it is not there or not whole. */
export async function readRunFile(folder = dataFolder()): Promise<RunFile> {
  const file = fileIn(folder);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`npm start is not running: ${file} cannot be read.`, { cause });
  });
  const content = parse(text);
  if (!isRunFile(content)) throw new Error(`${file} is not whole; run npm start again.`);
  return content;
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isRunFile = (content: unknown): content is RunFile => {
  const { issuer, gateway, audience } = (content ?? {}) as Record<string, unknown>;
  return [issuer, gateway, audience].every((value) => typeof value === 'string');
};
