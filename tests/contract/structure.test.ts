/** The shape of the project: who may import whom, and nobody in a circle (STYLE §1). */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { circles, foldersInCircle, trespasses, workspaceOf, type Sources } from './structure.js';

const ROOT = join(import.meta.dirname, '../..');
const ARCHIVE = 'subgraphs/archive/src/';

const sources: Sources = new Map(
  globSync(
    [
      'subgraphs/*/src/**/*.ts',
      'gateway/src/**/*.ts',
      'gateway/college/src/**/*.ts',
      'tests/**/*.ts',
    ],
    { cwd: ROOT, exclude: ['**/dist/**', '**/node_modules/**'] },
  ).map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]),
);
const planting = (files: Readonly<Record<string, string>>): Sources =>
  new Map([...sources, ...Object.entries(files)]);

test('every workspace is looked at', () => {
  const found = new Set([...sources.keys()].map(workspaceOf));
  const there = globSync('subgraphs/*', { cwd: ROOT }).map((path) => workspaceOf(`${path}/`));
  expect([...found].toSorted()).toEqual([...there, 'college', 'gateway', 'tests'].toSorted());
});

describe('Folders of the archive', () => {
  test('no two of them import each other', () => {
    expect(foldersInCircle(sources, ARCHIVE)).toEqual([]);
  });

  test('two that do are found', () => {
    const planted = planting({
      [`${ARCHIVE}org/planted.ts`]: "import { a } from '../rules/planted.js';",
      [`${ARCHIVE}rules/planted.ts`]: "import type { B } from '../org/planted.js';",
    });
    expect(foldersInCircle(planted, ARCHIVE)).toEqual([
      `org and rules: ${ARCHIVE}org/planted.ts → ${ARCHIVE}rules/planted.ts, ${ARCHIVE}rules/planted.ts → ${ARCHIVE}org/planted.ts`,
    ]);
  });
});

describe('Files', () => {
  test('none imports itself by way of others', () => {
    expect(circles(sources)).toEqual([]);
  });

  test.each([
    ['in an office', 'subgraphs/finance/src', './'],
    ['in the kit, by its own name', 'subgraphs/kit/src', '@chengxin/kit/'],
    ['in the gateway', 'gateway/src', './'],
  ])('a circle %s is found', (_, folder, prefix) => {
    const end = prefix === './' ? '.js' : '';
    const planted = planting({
      [`${folder}/planted-a.ts`]: `export { b } from '${prefix}planted-b${end}';`,
      [`${folder}/planted-b.ts`]: `const c = await import('${prefix}planted-c${end}');`,
      [`${folder}/planted-c.ts`]: `import '${prefix}planted-a${end}';`,
    });
    const way = ['a', 'b', 'c', 'a'].map((name) => `${folder}/planted-${name}.ts`);
    expect(circles(planted)).toEqual([way.join(' → ')]);
  });

  test('a circle of types is found', () => {
    const planted = planting({
      'subgraphs/kit/src/planted-a.ts': "import type { B } from './planted-b.js';",
      'subgraphs/kit/src/planted-b.ts': "export { a } from './planted-a.js';",
    });
    const way = ['a', 'b', 'a'].map((name) => `subgraphs/kit/src/planted-${name}.ts`);
    expect(circles(planted)).toEqual([way.join(' → ')]);
  });
});

describe('Workspaces', () => {
  test('an office and the gateway import the kit alone, the kit nobody', () => {
    expect(trespasses(sources)).toEqual([]);
  });

  test.each([
    [
      'an office that imports another',
      'subgraphs/finance/src/planted.ts',
      '@chengxin/archive/office',
    ],
    [
      'an office that reaches for the file of another',
      'subgraphs/finance/src/planted.ts',
      '../../archive/src/office.js',
    ],
    [
      'an office that imports the gateway',
      'subgraphs/finance/src/planted.ts',
      '@chengxin/gateway/offices',
    ],
    [
      'an office that imports the college',
      'subgraphs/finance/src/planted.ts',
      '@chengxin/college/college',
    ],
    ['the gateway that imports an office', 'gateway/src/planted.ts', '@chengxin/archive/office'],
    ['the gateway that imports the college', 'gateway/src/planted.ts', '@chengxin/college/college'],
    [
      'the gateway that reaches for a file of the college',
      'gateway/src/planted.ts',
      '../college/src/college.js',
    ],
    ['the kit that imports an office', 'subgraphs/kit/src/planted.ts', '@chengxin/finance/office'],
    [
      'the kit that imports the gateway',
      'subgraphs/kit/src/planted.ts',
      '@chengxin/gateway/offices',
    ],
    [
      'the kit that imports the college',
      'subgraphs/kit/src/planted.ts',
      '@chengxin/college/college',
    ],
  ])('%s is found', (_, path, name) => {
    for (const source of [`import { x } from '${name}';`, `await import('${name}');`])
      expect(trespasses(planting({ [path]: source }))).toEqual([`${path} → ${name}`]);
  });
});
