/** A new line in a list that is there: in a source file, a table, a document or a JSON file. */
import { parse } from 'csv-parse/sync';

/** Above the comment that marks the end of a list. */
export function aboveMark(text: string, what: string, lines: string): string {
  const mark = `// \`npm run new-office\` writes ${what} above this line.`;
  const at = text.indexOf(mark);
  if (at < 0) throw new Error(`The line "${mark}" is missing.`);
  const start = text.lastIndexOf('\n', at) + 1;
  return text.slice(0, start) + lines + text.slice(start);
}

/** At the end of a table. */
export const atEnd = (text: string, rows: string): string =>
  `${text}${text.endsWith('\n') ? '' : '\n'}${rows}`;

/** Among the projects that a `tsconfig.json` refers to, after the last office, in its own layout. */
export function withReference(text: string, office: string): string {
  const last = [...text.matchAll(/^( *)\{\s*"path": "[^"]*subgraphs\/(\w+)"\s*\}/gm)].at(-1);
  if (!last) throw new Error('A tsconfig.json refers to no office.');
  const [reference, , name] = last;
  const end = last.index + reference.length;
  const own = reference.replace(`/${name}"`, `/${office}"`);
  return `${text.slice(0, end)},\n${own}${text.slice(end)}`;
}

interface PackageFile {
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Among the dependencies of a `package.json`, which stand in the order of their names. */
export function withDependency(text: string, name: string, version: string): string {
  const file = JSON.parse(text) as PackageFile;
  const dependencies = Object.entries({ ...file.dependencies, [name]: version });
  const sorted = dependencies.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify({ ...file, dependencies: Object.fromEntries(sorted) }, null, 2)}\n`;
}

/** The tables that docs/amendments.md compares, in its order, each with the key of its rows. */
const TABLES = ['privacy-matrix', 'action-matrix', 'field-groups', 'masks', 'purposes'];
const KEYS: Readonly<Record<string, readonly string[]>> = {
  'action-matrix': ['action'],
  'field-groups': ['subgraph', 'type', 'field'],
};

export interface Amended {
  /** `field-groups` */
  readonly table: string;
  /** The first line of the table. */
  readonly heads: string;
  /** Rows that are new at its end. */
  readonly rows: string;
  readonly clause: string;
  readonly why: string;
}

/** As lines of docs/amendments.md, after those of the same table. */
export function withAmendments(text: string, { table, heads, rows, clause, why }: Amended): string {
  const records = parse(`${heads}\n${rows}`, { columns: true }) as Record<string, string>[];
  const lines = records.map((record) => {
    const key = (KEYS[table] ?? []).map((column) => record[column]).join('.');
    const columns = Object.entries(record).map(([column, value]) => `${column} = ${value}`);
    const cells = [table, key, '–', columns.join('; ').trim(), clause, why];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  const before = TABLES.slice(0, TABLES.indexOf(table) + 1);
  const all = text.trimEnd().split('\n');
  const last = all.findLastIndex((line) => before.some((name) => line.startsWith(`| ${name} |`)));
  const at = last < 0 ? all.findIndex((line) => line.startsWith('|---')) : last;
  return `${all.toSpliced(at + 1, 0, ...lines).join('\n')}\n`;
}
