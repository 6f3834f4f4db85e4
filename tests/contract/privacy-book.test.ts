/** The document that people sign says what the tables say: no cell, note or action less or other. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { privacyBook } from '@chengxin/kit/book/book';
import { allActions } from '@chengxin/kit/action/actions';
import { GROUPS, type Group } from '@chengxin/kit/privacy/groups';
import { cell } from '@chengxin/kit/privacy/matrix';
import { checkNotes, noteOf } from '@chengxin/kit/privacy/notes';
import { ROLES, type Role } from '@chengxin/kit/privacy/roles';
import { readTable } from '@chengxin/kit/privacy/tables';
import { expect, test } from 'vitest';

const REVIEWED = join(import.meta.dirname, '../../../shared/DOMAIN.md');
const book = privacyBook();

/** Rows of every table under a heading, each as its cells. */
function rowsUnder(heading: string): string[][][] {
  return book
    .split(/^#+ /m)
    .filter((part) => part.startsWith(`${heading}\n`))
    .map((part) =>
      part
        .split('\n')
        .filter((line) => line.startsWith('| '))
        .map((line) => line.slice(2, -2).split(' | ')),
    );
}
const code = (text: string): string => text.replaceAll('`', '');

const LETTERS: Record<string, string> = { A: 'ALLOW', M: 'MASK', G: 'AGGREGATE', '·': 'DENY' };

test('the document gives each role the effect and the condition of the matrix, group by group', () => {
  const printed = rowsUnder('May read').flatMap(([heads = [], ...rows]) =>
    rows.flatMap(([group = '', ...cells]) =>
      cells.map((text, index) => {
        const [letter = '', note] = text.split(' ');
        const name = group.split(' ')[1] ?? '';
        return `${code(heads[index + 1] ?? '')} ${code(name)} ${LETTERS[letter]} ${note ?? ''}`;
      }),
    ),
  );
  const tables = ROLES.flatMap((role) =>
    GROUPS.map((group) => {
      const { effect, note } = cell(role, group);
      return `${role} ${group} ${effect} ${note ?? ''}`;
    }),
  );
  expect(printed.toSorted()).toEqual(tables.toSorted());
});

test('every condition stands there in words, with the cells that have it', () => {
  const printed = rowsUnder('Conditions').flatMap(([, ...rows]) =>
    rows.flatMap(([number, words, where = '']) =>
      where.split('; ').flatMap((part) => {
        const [roles = '', groups = ''] = part.split(' × ');
        return roles
          .split(', ')
          .flatMap((role) =>
            groups.split(', ').map((group) => `${role} ${group} ${number} ${words}`),
          );
      }),
    ),
  );
  const tables = ROLES.flatMap((role: Role) =>
    GROUPS.flatMap((group: Group) => {
      const { note } = cell(role, group);
      return note === undefined ? [] : [`${role} ${group} ${note} ${noteOf(note, group)?.words}`];
    }),
  );
  expect(printed.toSorted()).toEqual(tables.toSorted());
});

test('every action stands there once for each of its roles, and those of no role by themselves', () => {
  const printed = [
    ...rowsUnder('May do').flatMap(([, ...rows]) =>
      rows.flatMap(([action = '', who = '']) =>
        [...who.matchAll(/([A-Z_]+) \(/g)].map(([, role]) => `${code(action)} ${role}`),
      ),
    ),
    ...rowsUnder('5. What the system does by itself').flatMap(([, ...rows]) =>
      rows.map(([action = '']) => `${code(action)} `),
    ),
  ];
  const tables = allActions().flatMap(({ name, roles }) =>
    roles.length ? roles.map((role) => `${name} ${role}`) : [`${name} `],
  );
  expect(printed.toSorted()).toEqual(tables.toSorted());
});

const numbered = ROLES.flatMap((role) =>
  GROUPS.flatMap((group) => {
    const { note } = cell(role, group);
    return note === undefined ? [] : [{ number: note, group }];
  }),
);

test('a number without words stops the process, and so do words without a number', () => {
  expect(() => checkNotes(numbered)).not.toThrow();
  expect(() => checkNotes([...numbered, { number: 99, group: 'IDENTITY' }])).toThrow(
    new Error('notes.csv: no words for 99 of IDENTITY.'),
  );
  expect(() => checkNotes(numbered.filter(({ number }) => number !== 35))).toThrow(
    new Error('notes.csv: 35 * is not used.'),
  );
});

test('every role and every group has its words', () => {
  expect(readTable('roles').map(({ role }) => role)).toEqual([...ROLES]);
  expect(readTable('groups').map(({ group }) => group)).toEqual([...GROUPS]);
});

/** Only where the reviewed text stands beside the project. */
const compare = () =>
  test('groups are described as DOMAIN 3.2 describes them', () => {
    const text = readFileSync(REVIEWED, 'utf8');
    const lines = [...text.matchAll(/^\| FG\d\d \| `(\w+)` \| (.*?) \| .*? \|$/gm)];
    expect(readTable('groups')).toEqual(
      lines.map(([, group, content = '']) => ({ group, content: code(content) })),
    );
  });
if (existsSync(REVIEWED)) compare();
