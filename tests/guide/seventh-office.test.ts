/**
 * A seventh office by CONTRIBUTING alone: its commands, word for word, in a copy of the project. Of
 * the last one, `npm run check`, the tests are not run: those of the contract and of the office were
 * run by the command before it, and the others are those that run around this file.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OFFICES } from '@chengxin/gateway/offices';
import { buildSchema, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { differences, readAmendments, rowsOf, TABLES, wider } from '../contract/amendments.js';
import { copyProject, type ProjectCopy } from './project-copy.js';

const ROOT = join(import.meta.dirname, '../..');
/** A busy machine is slow: what hangs is found all the same. */
const MINUTES = 60_000;

/** The office of the guide may be there by now. */
const NAME = `office${OFFICES.length + 1}`;

const guide = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8').split('\n## A new office\n')[1];
const commands = [...(guide ?? '').matchAll(/```sh\n([^`]*)```/g)]
  .flatMap(([, block = '']) => block.trim().split('\n'))
  .map((line) => line.trim().replaceAll('library', NAME));

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};
const checks = (scripts['check'] ?? '').split(' && ').filter((part) => part !== 'npm test');

let copy: ProjectCopy;
beforeAll(() => {
  copy = copyProject();
});
afterAll(() => copy.remove());

const read = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8');

test('the guide has its commands, and the check its parts', () => {
  expect(commands).toEqual([
    `npm run new-office -- ${NAME}`,
    'npm install',
    'npm run format',
    'npm run schema',
    `npm test -- tests/contract tests/${NAME}`,
    'npm run check',
  ]);
  expect(checks).toEqual([
    'npm run check:format',
    'npm run check:lint',
    'npm run check:types',
    'npm run check:unused',
    'npm run check:schema',
  ]);
});

describe('By the guide', { timeout: 10 * MINUTES }, () => {
  const said = new Map<string, string>();
  test.each(commands.filter((command) => command !== 'npm run check'))('%s', async (command) => {
    // Without a network: nothing but the workspace is new.
    const output = command === 'npm install' ? copy.install() : await copy.run(command);
    said.set(command, output);
    expect(output).not.toBe('');
  });

  test('the tests of the office were among those that passed', () => {
    expect(said.get(`npm test -- tests/contract tests/${NAME}`)).toContain(
      `tests/${NAME}/${NAME}-record.test.ts (6 tests)`,
    );
  });

  test.each(checks)('npm run check: %s', async (command) => {
    await expect(copy.run(command)).resolves.toEqual(expect.any(String));
  });
});

test('its noun has 13 fields and leads back to its student', () => {
  const sdl = read(copy.folder, 'gateway/client.graphql');
  const type = buildSchema(sdl).getType(`${NAME.replace('o', 'O')}Record`);
  const fields = isObjectType(type) ? Object.keys(type.getFields()) : [];
  const fact = 'id studentNo version recordedBy recordedAt approvedBy approvedAt evidence';
  const own = 'recordNo academicYear kind title occurredOn';
  expect(fields.toSorted()).toEqual(`${fact} ${own} student`.split(' ').toSorted());
});

test('the tables differ from what they were by the lines that docs/amendments.md gained', () => {
  const tablesOf = (folder: string) =>
    Object.fromEntries(
      TABLES.map((name) => [name, rowsOf(read(folder, `subgraphs/kit/tables/${name}.csv`))]),
    );
  const linesOf = (folder: string) => readAmendments(join(folder, 'docs/amendments.md'));
  const [own, its] = [tablesOf(ROOT), tablesOf(copy.folder)];
  const known = new Set(linesOf(ROOT).map(({ table, row }) => `${table} ${row}`));
  const gained = linesOf(copy.folder).filter(({ table, row }) => !known.has(`${table} ${row}`));
  expect(gained).toEqual(
    TABLES.flatMap((name) => differences(name, own[name] ?? [], its[name] ?? [])),
  );
  expect(gained).toHaveLength(14);
  expect(wider(own, its)).toEqual([]);
});

const TAKEN = (name: string) => `The name ${name} is taken`;

test.each([
  [NAME, `${TAKEN(NAME)}.`],
  ['finance', `${TAKEN('finance')}.`],
  ['kit', `${TAKEN('kit')}.`],
  ['privacy', `${TAKEN('privacy')}: see tests/privacy.`],
  ['people', `${TAKEN('people')}: see gateway/college/src/demo/people.ts.`],
  ['loan', 'The graph has LoanRecord already: the office needs another name.'],
  ['Library', 'npm run new-office -- <name>: small letters and digits, the first one a letter.'],
  ['../x', 'npm run new-office -- <name>: small letters and digits, the first one a letter.'],
  ['', 'npm run new-office -- <name>: small letters and digits, the first one a letter.'],
])('the name "%s" is refused, and nothing is written', { timeout: MINUTES }, async (name, why) => {
  const before = copy.files();
  await expect(copy.run(`node gateway/college/dist/new-office.js "${name}"`)).rejects.toThrow(why);
  expect(copy.files()).toEqual(before);
});
