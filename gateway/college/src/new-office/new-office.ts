/** A new office from the template: its own files, and a line in each list that names offices. */
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { aboveMark, atEnd, withAmendments, withDependency, withReference } from './lists.js';
import { fill, namesOf, type Names } from './names.js';

const TEMPLATE = join(import.meta.dirname, '../../template');
/** What is the same in every office is copied from this one. */
const MODEL = 'subgraphs/finance';
const COPIED = ['package.json', 'tsconfig.json', 'src/index.ts', 'src/student.stub.ts'];

/** Lists in source files: each ends with a comment that says so. */
const MARKED: readonly (readonly [file: string, what: string, lines: string])[] = [
  ['gateway/src/offices.ts', 'offices', 'offices'],
  ['gateway/college/src/office-people.ts', 'people', 'people'],
  ['gateway/college/src/demo/generate.ts', 'imports', 'demo-imports'],
  ['gateway/college/src/demo/generate.ts', 'demo files', 'demo-files'],
  ['gateway/src/export/pdf/field-words.ts', 'words', 'field-words'],
  ['subgraphs/archive/src/office.ts', 'readers of the roster', 'roster'],
  ['subgraphs/archive/src/office.ts', 'feeds', 'feeds'],
  ['tests/support/student-facts.ts', 'facts', 'facts'],
];
const CATALOGUE = 'subgraphs/archive/data/catalogue.csv';
const TABLES = 'subgraphs/kit/tables';
const GROWN: readonly string[] = [
  CATALOGUE,
  ...['action-matrix', 'field-groups', 'labels'].map((name) => `${TABLES}/${name}.csv`),
];
const REFERRING = ['tsconfig.json', 'gateway/college/tsconfig.json'];
const DEPENDING = 'gateway/college/package.json';
const AMENDMENTS = 'docs/amendments.md';
const AMENDED = [
  { table: 'action-matrix', clause: '3.8; INV-02', why: 'a new office imports what it owns' },
  { table: 'field-groups', clause: '3.2', why: 'a field of a new office, in a reviewed group' },
];

/** The files of the office itself, by path. */
function ownFiles(root: string, names: Names): Map<string, string> {
  const files = new Map<string, string>();
  const folder = `subgraphs/${names['office']}`;
  for (const name of COPIED) {
    const text = readFileSync(join(root, MODEL, name), 'utf8');
    files.set(
      `${folder}/${name}`,
      text.replace('@chengxin/finance', `@chengxin/${names['office']}`),
    );
  }
  for (const path of globSync('**/*.txt', { cwd: join(TEMPLATE, 'files') })) {
    const text = readFileSync(join(TEMPLATE, 'files', path), 'utf8');
    files.set(fill(path.replace(/\.txt$/, ''), names), fill(text, names));
  }
  return files;
}

/** The lists that name it, by path, as they are with it. */
function longerLists(root: string, names: Names): Map<string, string> {
  const changed = new Map<string, string>();
  const change = (path: string, edit: (text: string) => string) =>
    changed.set(path, edit(changed.get(path) ?? readFileSync(join(root, path), 'utf8')));
  const lines = (name: string) =>
    fill(readFileSync(join(TEMPLATE, 'lines', `${name}.txt`), 'utf8'), names);
  const rowsOf = (path: string) => lines(path.slice(path.lastIndexOf('/') + 1));

  for (const [path, what, name] of MARKED)
    change(path, (text) => aboveMark(text, what, lines(name)));
  for (const { table, ...because } of AMENDED) {
    const path = `${TABLES}/${table}.csv`;
    const [heads = ''] = readFileSync(join(root, path), 'utf8').split('\n');
    const amended = { table, heads, rows: rowsOf(path), ...because };
    change(AMENDMENTS, (text) => withAmendments(text, amended));
  }
  for (const path of GROWN) change(path, (text) => atEnd(text, rowsOf(path)));
  const office = names['office'] ?? '';
  for (const path of REFERRING) change(path, (text) => withReference(text, office));
  const { version } = JSON.parse(readFileSync(join(root, MODEL, 'package.json'), 'utf8')) as {
    version: string;
  };
  change(DEPENDING, (text) => withDependency(text, `@chengxin/${office}`, version));
  return changed;
}

export interface Written {
  readonly made: readonly string[];
  readonly changed: readonly string[];
}

/**
 * Write a new office below the root of the project.
 *
 * @throws Before anything is written, when the name cannot be had.
 */
export function newOffice(root: string, office: string | undefined): Written {
  const names = namesOf(office, readFileSync(join(root, CATALOGUE), 'utf8'));
  const own = ownFiles(root, names);
  for (const path of [`subgraphs/${office}`, `tests/${office}`, ...own.keys()])
    if (existsSync(join(root, path))) throw new Error(`The name ${office} is taken: see ${path}.`);
  const lists = longerLists(root, names);
  for (const [path, text] of [...own, ...lists]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { made: [...own.keys()].toSorted(), changed: [...lists.keys()].toSorted() };
}
