/** Every field of the graph stands under the groups that `field-groups.csv` gives it (ARCHITECTURE §4). */
import { loadOffices } from '@chengxin/college/office-list';
import { buildOfficeSchema } from '@chengxin/kit/schema/federation';
import type { GuardedField } from '@chengxin/kit/schema/guards';
import { isTwin, twinOf } from '@chengxin/kit/privacy/masks';
import { readTable } from '@chengxin/kit/privacy/tables';
import { beforeAll, expect, test } from 'vitest';

interface Placed extends GuardedField {
  readonly office: string;
}

let fields: Placed[];
const table = new Map(
  readTable('field-groups').map((row) => [
    `${row['subgraph']} ${row['type']}.${row['field']}`,
    row['group'] ?? '',
  ]),
);

beforeAll(async () => {
  fields = [];
  for (const office of await loadOffices()) {
    const { guarded } = await buildOfficeSchema(office);
    fields.push(...guarded.map((field) => ({ ...field, office: office.name })));
  }
});

/**
 * Fields that the table does not name, and why they may be there. `student` leads from a fact back
 * to its student and stands under the fact's own group. The list of providers stands in the table
 * under the archive, and is of the office that owns it; the rows of a consent each keep their group.
 * What a role may have is written in words beside the cell: the words of the rules are rules.
 * An aid round is named by its number, which is as open as all else that is said of it.
 */
const BESIDE_THE_TABLE: readonly string[] = [
  'thirdparty Query.providers',
  'thirdparty ConsentRows.cardOverdrafts',
  'thirdparty ConsentRows.phoneBills',
  'thirdparty ConsentRows.loanPerformance',
  'thirdparty ConsentRows.maliceFindings',
  'archive FieldAccess.reason',
  'archive FieldAccess.rows',
  'archive AidRound.roundId',
];

const groupInTable = ({ office, type, field }: Placed): string | undefined => {
  const inTable = (name: string) => table.get(`${office} ${type.name}.${name}`);
  // A field that is stored in its masked form alone is no twin of another, and stands there itself.
  const own = inTable(field.name) ?? (isTwin(field.name) ? inTable(twinOf(field.name)) : undefined);
  return own ?? table.get(`${office} ${type.name}.*`);
};

const named = ({ office, type, field }: Placed): string => `${office} ${type.name}.${field.name}`;

test('every guarded field has the groups of the table, and no other', () => {
  const wrong = fields.flatMap((placed) => {
    const { guard, field } = placed;
    if (guard.kind !== 'group') return [];
    const expected = groupInTable(placed);
    const actual = guard.policies.join('&');
    if (expected === undefined) {
      const isBack = field.name === 'student';
      return isBack || BESIDE_THE_TABLE.includes(named(placed))
        ? []
        : [`${named(placed)}: ${actual}, and the table does not know it`];
    }
    return expected.split('&').toSorted().join('&') === actual.split('&').toSorted().join('&')
      ? []
      : [`${named(placed)}: ${actual} instead of ${expected}`];
  });
  expect(wrong).toEqual([]);
});

test('what the table calls internal is no field of the graph', () => {
  const shown = fields.filter(
    (placed) => groupInTable(placed) === 'INTERNAL' && placed.guard.kind !== 'decision',
  );
  expect(shown.map(named)).toEqual([]);
});

test('a field without a group is a key, a decision, or of a value type', () => {
  const plain = fields.filter(({ guard }) => guard.kind === 'key' || guard.kind === 'inherit');
  const guardedTypes = new Set(
    fields
      .filter(({ guard }) => guard.kind === 'group')
      .map(({ office, type }) => `${office} ${type.name}`),
  );
  const mixed = plain.filter(
    ({ office, type, guard }) =>
      guard.kind === 'inherit' && guardedTypes.has(`${office} ${type.name}`),
  );
  expect(mixed.map(named)).toEqual([]);
});
