/** A copy of the project in a folder of its own, as a fresh clone has it after `npm ci`. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { shellIn } from './shell.js';

const ROOT = join(import.meta.dirname, '../..');
const { workspaces: WORKSPACES } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  workspaces: readonly string[];
};
/** Caches of tools, which a copy has of its own. */
const CACHES = /^\.(vite|cache|vite-temp)/;

/** What is committed or about to be; a folder that belongs to somebody else is read all the same. */
const filesOf = (root: string): string[] =>
  execFileSync(
    'git',
    [
      '-c',
      `safe.directory=${root}`,
      'ls-files',
      '-z',
      '--cached',
      '--others',
      '--exclude-standard',
    ],
    { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(root, file)));

/** Installed packages are the project's own; links to workspaces lead into the copy. */
function linkPackages(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    const installed = join(from, name);
    if (CACHES.test(name)) continue;
    if (lstatSync(installed).isSymbolicLink()) symlinkSync(readlinkSync(installed), join(to, name));
    else if (name === '@chengxin') linkPackages(installed, join(to, name));
    else symlinkSync(installed, join(to, name));
  }
}

export interface ProjectCopy {
  readonly folder: string;
  /** What `npm install` does when nothing but workspaces is new: link them. Returns which. */
  install(): string;
  /** Its files, each with its size, without what is installed or built. */
  files(): readonly string[];
  /** Run a command of the shell there. @throws With all that it wrote, when it fails. */
  run(command: string): Promise<string>;
  remove(): void;
}

export function copyProject(): ProjectCopy {
  const folder = mkdtempSync(join(tmpdir(), 'chengxin-copy-'));
  const shell = shellIn(folder);
  const remove = () => {
    shell.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    for (const file of filesOf(ROOT)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      cpSync(join(ROOT, file), join(folder, file));
    }
    linkPackages(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const modules of globSync(`{${WORKSPACES.join(',')}}/node_modules`, { cwd: ROOT }))
      symlinkSync(join(ROOT, modules), join(folder, modules));
  } catch (error) {
    remove();
    throw error;
  }

  return {
    folder,
    install() {
      const links = join(folder, 'node_modules/@chengxin');
      const fresh = readdirSync(join(folder, 'subgraphs')).filter(
        (name) => !existsSync(join(links, name)),
      );
      for (const name of fresh) symlinkSync(`../../subgraphs/${name}`, join(links, name));
      return fresh.join();
    },
    files: () =>
      globSync('**/*.*', { cwd: folder, exclude: ['node_modules', '**/dist', '**/*.tsbuildinfo'] })
        .map((path) => `${path} ${lstatSync(join(folder, path)).size}`)
        .toSorted(),
    run: shell.run,
    remove,
  };
}
