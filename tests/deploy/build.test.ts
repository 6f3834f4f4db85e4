/** What was compiled runs without a compiler; what was not says so. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chengxin-build-'));
  const kit = join(folder, 'subgraphs/kit');
  for (const file of ['build.cjs', 'node-version.cjs'])
    cpSync(join(ROOT, 'subgraphs/kit', file), join(kit, file), { recursive: true });
  cpSync(join(ROOT, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  write('kit', 'tsconfig.json', project());
  write('kit', 'src/kit.ts', 'export const kit: number = 1;\n');
  write('finance', 'tsconfig.json', project('../kit'));
  write('finance', 'src/index.ts', `process.stdout.write('finance');\n`);
});
afterEach(() => rmSync(folder, { recursive: true }));

const project = (...needs: string[]) =>
  JSON.stringify({
    extends: '../../tsconfig.base.json',
    compilerOptions: { rootDir: 'src', outDir: 'dist' },
    include: ['src'],
    references: needs.map((path) => ({ path })),
  });
function write(office: string, file: string, text: string): void {
  const path = join(folder, 'subgraphs', office, file);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}
const built = (office: string) => existsSync(join(folder, 'subgraphs', office, 'dist'));

function build() {
  const at = join(folder, 'subgraphs/finance');
  const run = spawnSync(process.execPath, ['../kit/build.cjs'], { cwd: at, encoding: 'utf8' });
  return { status: run.status, said: run.stdout, warned: run.stderr };
}
function withCompiler<T>(work: () => T): T {
  const modules = join(folder, 'node_modules');
  symlinkSync(join(ROOT, 'node_modules'), modules);
  try {
    return work();
  } finally {
    rmSync(modules);
  }
}
const DONE = { status: 0, said: '', warned: '' };
const refused = (what: string) => ({
  status: 1,
  said: '',
  warned: `${what}, and no compiler is installed here: run npm ci && npm run build where there is one, and bring the dist folders along.\n`,
});

test('what was compiled from these sources runs without a compiler, wherever it was copied', () => {
  expect(withCompiler(build)).toEqual(DONE);
  expect([built('finance'), built('kit')]).toEqual([true, true]);

  expect(build()).toEqual(DONE);
  const copy = `${folder}-copy`;
  cpSync(folder, copy, { recursive: true });
  rmSync(folder, { recursive: true });
  cpSync(copy, folder, { recursive: true });
  rmSync(copy, { recursive: true });
  expect(build()).toEqual(DONE);
  rmSync(join(folder, 'subgraphs/finance/src'), { recursive: true });
  rmSync(join(folder, 'subgraphs/kit/src'), { recursive: true });
  expect(build()).toEqual(DONE);
});

test('what is not compiled is named where there is no compiler', () => {
  expect(build()).toEqual(refused('kit is not compiled'));
  expect(built('finance')).toBe(false);
});

test.each([
  ['the office', 'finance', 'src/index.ts'],
  ['what it needs', 'kit', 'src/kit.ts'],
])('a change of %s is not passed over', (_, office, file) => {
  withCompiler(build);
  write(office, file, 'export const changed = 2;\n');

  expect(build()).toEqual(refused(`${office} was compiled from other sources`));

  expect(withCompiler(build)).toEqual(DONE);
  expect(build()).toEqual(DONE);
});

test('what does not compile is reported with its line, and does not count as compiled', () => {
  write('finance', 'src/index.ts', 'const one: string = 1;\n');

  const { status, warned } = withCompiler(build);
  expect(status).toBe(2);
  expect(warned.split(':')[0]).toBe('src/index.ts(1,7)');

  expect(build().status).toBe(1);
});
