/**
 * What the reviewed tables say, read from the files once more and by no code of the product: the
 * oracle of the tests of privacy. Source: DOMAIN 3.2 to 3.4.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../subgraphs/kit/tables');

/** Records of a CSV file; a cell in quotes may hold commas, quotes and line breaks. */
function read(name: string): Record<string, string>[] {
  const text = readFileSync(join(FOLDER, `${name}.csv`), 'utf8').trimEnd();
  const cells = [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\r?\n|$)/g)];
  const rows: string[][] = [[]];
  for (const [all, quoted, plain, end] of cells) {
    if (all === '') break;
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',') rows.push([]);
  }
  const [heads = [], ...records] = rows.filter((row) => row.length > 0);
  return records.map((row) => Object.fromEntries(heads.map((head, i) => [head, row[i] ?? ''])));
}

const matrix = new Map(read('privacy-matrix').map((row) => [row['group'] ?? '', row]));
/** Names of all groups; whoever may not see a field reads its group. */
export const groupNames: readonly string[] = [...matrix.keys()];
/** Names of all roles, in the order of the matrix. */
export const roleNames: readonly string[] = Object.keys(read('privacy-matrix')[0] ?? {}).filter(
  (name) => !['code', 'group', 'LIST', 'reason'].includes(name),
);
/** Numbers of the condition notes that stand in a cell. */
export const noteNumbers: ReadonlySet<string> = new Set(
  [...matrix.values()]
    .flatMap((row) => roleNames.map((role) => row[role]?.slice(1) ?? ''))
    .filter((note) => note !== ''),
);
/** Names of the row predicates. */
export const predicateNames: ReadonlySet<string> = new Set(
  read('predicates').map(({ predicate = '' }) => predicate),
);
const groups = new Map<string, string>();
for (const { subgraph, type, field, group = '' } of read('field-groups')) {
  groups.set(`${subgraph} ${type}.${field}`, group);
  // Who selects the whole graph need not know which office answers.
  if (!groups.has(`${type}.${field}`)) groups.set(`${type}.${field}`, group);
}
const masks = new Map(
  read('masks').map(({ group, role, type, field, shown = '' }) => [
    `${group} ${role} ${type} ${field}`,
    shown,
  ]),
);

/** Note 15 empties sealed rows; all others are shown. */
const OF_SEALED_ROWS = '15';

/** Groups of a field; undefined where the table leaves it to what holds it (value types, keys). */
export function groupsOf(type: string, field: string): string[] | undefined {
  const name = field.replace(/Masked$/, '');
  const group =
    groups.get(`${type}.${field}`) ?? groups.get(`${type}.${name}`) ?? groups.get(`${type}.*`);
  return group?.split('&');
}

/** `A`, `M`, `G` or `X`, and the number of the condition note. */
export function cellOf(role: string, group: string): { effect: string; note: string } {
  const text = matrix.get(group)?.[role] ?? (role === 'PUBLIC' ? 'X' : 'A');
  return { effect: text.slice(0, 1), note: text.slice(1) };
}

/** `FG16`: how errors name a group beside its own name. */
export const clauseOf = (group: string): string => matrix.get(group)?.['code'] ?? '2.7';

export const mayBeListed = (group: string): boolean => matrix.get(group)?.['LIST'] !== 'no';

/** Of many at once: what G opens, and nothing else ("aggregate only", 3.6). */
const AGGREGATED = /^(CreditView|CreditViewRelease) |^Query (creditViews|creditViewReleases)$/;

/** How much of a field a role sees by one of its groups: `VALUE`, `NULL`, or the shape of a mask. */
export function shownUnder(group: string, role: string, type: string, field: string): string {
  const { effect, note } = cellOf(role, group);
  const isAggregated = effect === 'G' && AGGREGATED.test(`${type} ${field}`);
  if (effect !== 'A' && effect !== 'M' && !isAggregated) return 'NULL';
  if (note === OF_SEALED_ROWS) return 'VALUE';
  const otherwise = effect === 'M' ? 'NULL' : 'VALUE';
  const name = field.replace(/Masked$/, '');
  const row = (of: string) => masks.get(`${group} ${role} ${type} ${of}`);
  return row(name) ?? row('*') ?? otherwise;
}

/** Fields that say of another one of the table whether they are shown. */
const SHOWN_AS: Readonly<Record<string, string>> = {
  'LawViolation student': 'LawViolation studentNo',
  'LawViolation materials': 'Material digest',
};

/**
 * Whether a seal withholds a field from a role that sees the row: all but the seal, its day, and
 * what the table names.
 */
export function isKeptBySeal(group: string, role: string, type: string, field: string): boolean {
  if (cellOf(role, group).note !== OF_SEALED_ROWS) return false;
  if (field === 'state' || field === 'sealedOn') return false;
  const name = `${type} ${field}`;
  return masks.get(`${group} ${role} ${SHOWN_AS[name] ?? name}`) !== 'VALUE';
}

/**
 * How much of a field a role sees of a student within its reach. Several groups show what the
 * strictest of them shows.
 */
export function shownTo(role: string, type: string, field: string): string {
  const shapes = (groupsOf(type, field) ?? []).map((group) => shownUnder(group, role, type, field));
  if (shapes.includes('NULL')) return 'NULL';
  return shapes.find((shape) => shape !== 'VALUE') ?? 'VALUE';
}
