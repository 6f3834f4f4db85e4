/**
 * Every condition note that stands in a cell and every row predicate is named in the title of a test
 * (DOMAIN 3.4, 3.4b): whoever adds one writes its test, and `grep` finds it.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { noteNumbers, predicateNames } from './reviewed.js';

const TESTS = join(import.meta.dirname, '..');
const OWN = import.meta.filename;

/** `test('title'`, `describe('title'`, and `…each(table)('title'`. */
const TITLE = /(?:\b(?:test|describe)|\))\(\s*(['"`])((?:(?!\1).)*)\1/gs;
/** `note 5`, `notes 5 and 23`, `notes 22, 28, 33`; of `note 19, 3.4` the first alone. */
const NOTES = /\bnotes? (\d+(?:(?:, | and )\d+(?![\d.]))*)/g;

const titles = globSync('*/**/*.test.ts', { cwd: TESTS, exclude: ['dist/**'] })
  .map((file) => join(TESTS, file))
  .filter((file) => file !== OWN)
  .flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(TITLE)].map(([, , title = '']) => title),
  );

const isNamed = (word: string): boolean =>
  titles.some((title) => new RegExp(`\\b${word}\\b`).test(title));
const covered = new Set(
  titles.flatMap((title) =>
    [...title.matchAll(NOTES)].flatMap(([, numbers = '']) => numbers.split(/\D+/)),
  ),
);

test('every condition note has a test that names it', () => {
  expect([...noteNumbers].filter((note) => !covered.has(note))).toEqual([]);
});

test('every row predicate has a test that names it', () => {
  expect([...predicateNames].filter((predicate) => !isNamed(predicate))).toEqual([]);
});

test('no test names a note that stands in no cell', () => {
  expect([...covered].filter((note) => !noteNumbers.has(note))).toEqual([]);
});

test('the tables have the notes and predicates of DOMAIN 3.4', () => {
  expect([...noteNumbers].map(Number).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 35 }, (_, i) => i + 1).filter((note) => note !== 4),
  );
  expect(predicateNames.size).toBe(25);
});
