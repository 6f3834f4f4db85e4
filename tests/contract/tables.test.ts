import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allActions } from '@chengxin/kit/action/actions';
import { GROUPS } from '@chengxin/kit/privacy/groups';
import { cell } from '@chengxin/kit/privacy/matrix';
import { PREDICATES, predicatesOf } from '@chengxin/kit/privacy/predicates';
import { purposesOf } from '@chengxin/kit/privacy/purposes';
import { ROLES } from '@chengxin/kit/privacy/roles';
import { readTable } from '@chengxin/kit/privacy/tables';
import {
  differences,
  readAmendments,
  type Row,
  rowsOf,
  TABLES,
  type Tables,
  wider,
} from './amendments.js';

const OWN = join(import.meta.dirname, '../../subgraphs/kit/tables');
const AMENDMENTS = join(import.meta.dirname, '../../docs/amendments.md');
const REVIEWED = join(import.meta.dirname, '../../../shared');

const read = (folder: string): Tables =>
  Object.fromEntries(
    TABLES.map((name) => [name, rowsOf(readFileSync(join(folder, `${name}.csv`), 'utf8'))]),
  );

/** Only where the reviewed originals stand beside the project. */
const compare = () =>
  describe('The tables are those that were reviewed', () => {
    test('they differ by what docs/amendments.md lists, and by nothing else', () => {
      const [reviewed, own] = [read(REVIEWED), read(OWN)];
      expect(
        TABLES.flatMap((name) => differences(name, reviewed[name] ?? [], own[name] ?? [])),
      ).toEqual(readAmendments(AMENDMENTS));
    });

    test('what differs is stricter, or an action, or the group of a new field', () => {
      expect(wider(read(REVIEWED), read(OWN))).toEqual([]);
    });

    test('predicates.csv says what the table of DOMAIN 3.4b says', () => {
      const text = readFileSync(join(REVIEWED, 'DOMAIN.md'), 'utf8');
      const section = text.slice(text.indexOf('### 3.4b'), text.indexOf('### 3.5'));
      const lines = [...section.matchAll(/^\| `(\w+)` \| (.*?) \| (.*?) \| (.*?) \|$/gm)];
      const listed = lines.flatMap(([, predicate = '', , , cells = '']) =>
        cells.split(';').flatMap((part) => {
          const [roles = '', groups = ''] = part.split('×').map((side) => side.trim());
          const all = roles === 'all' ? ['*'] : roles.split(',').map((role) => role.trim());
          return groups
            .split(',')
            .flatMap((group) => all.map((role) => `${predicate} ${role} ${group.trim()}`));
        }),
      );
      const own = readTable('predicates').flatMap((row) =>
        (row['groups'] ?? '')
          .split('|')
          .flatMap((group) =>
            (row['roles'] ?? '').split('|').map((role) => `${row['predicate']} ${role} ${group}`),
          ),
      );
      expect(own.toSorted()).toEqual(listed.toSorted());
    });
  });
if (existsSync(REVIEWED)) compare();

describe('The tables hold together', () => {
  test('groups and roles of the code are those of the matrix, in its order', () => {
    const rows = readTable('privacy-matrix');
    expect(rows.map((row) => row['group'])).toEqual([...GROUPS]);
    const columns = Object.keys(rows[0] ?? {}).filter(
      (name) => !/^(code|group|LIST|reason)$/.test(name),
    );
    expect(columns).toEqual([...ROLES]);
  });

  test('a cell says effect, note, clause and the rule that errors name', () => {
    expect(cell('EV_AWARD', 'PHONE_BILLS')).toEqual({
      effect: 'DENY',
      clause: 'FG20',
      rule: 'EV_AWARD.FG20',
    });
    expect(cell('COUNSELLOR', 'TUITION')).toEqual({
      effect: 'MASK',
      note: 1,
      clause: 'FG16',
      rule: 'COUNSELLOR.FG16',
    });
  });

  test('a name that the matrix does not know is shut', () => {
    expect(cell('SCHOOL_ADMIN', 'EVERYTHING' as never).effect).toBe('DENY');
  });

  test('every role has a purpose, and every purpose of an action is one of its roles', () => {
    const lacking = ROLES.filter((role) => purposesOf(role).length === 0);
    expect(lacking).toEqual([]);
    const strange = allActions().flatMap(({ name, roles, purposes }) =>
      purposes
        .filter((purpose) => roles.length > 0 && purpose !== 'OPERATIONS')
        .filter(
          (purpose) => !roles.some((role) => purposesOf(role).some((p) => p.name === purpose)),
        )
        .map((purpose) => `${name}: ${purpose}`),
    );
    expect(strange).toEqual([]);
  });

  test('every predicate of the code is in the table', () => {
    const used = new Set(
      ROLES.flatMap((role) => GROUPS.flatMap((group) => predicatesOf(role, group))),
    );
    expect(PREDICATES.filter((name) => !used.has(name))).toEqual([]);
  });
});

describe('An amendment', () => {
  const own = read(OWN);
  const amended = (table: string, matches: Row, changes: Row): Tables => ({
    ...own,
    [table]: (own[table] ?? []).map((row) =>
      Object.entries(matches).every(([column, value]) => row[column] === value)
        ? { ...row, ...changes }
        : row,
    ),
  });
  const added = (table: string, row: Row): Tables => ({
    ...own,
    [table]: [...(own[table] ?? []), row],
  });

  test.each<[string, Tables, number]>([
    ['that opens a cell', amended('privacy-matrix', { group: 'TUITION' }, { PUBLIC: 'A' }), 1],
    ['that takes a note', amended('privacy-matrix', { group: 'HARDSHIP' }, { COUNSELLOR: 'A' }), 1],
    ['that makes a list', amended('privacy-matrix', { group: 'GRADES' }, { LIST: 'yes' }), 1],
    ['that closes a cell', amended('privacy-matrix', { group: 'TUITION' }, { FIN_CLERK: 'X' }), 0],
    [
      'that shows what was withheld',
      amended(
        'masks',
        { group: 'TUITION', role: 'COUNSELLOR', type: 'Deferral', field: 'state' },
        { shown: 'VALUE' },
      ),
      1,
    ],
    [
      'that adds a word to a category',
      amended(
        'masks',
        { group: 'TUITION', role: 'COUNSELLOR', type: 'Arrears', field: 'category' },
        { bands: 'NONE|DEFERRED|EXCUSED|UNEXPLAINED' },
      ),
      1,
    ],
    [
      'that moves a field to a wider group',
      amended('field-groups', { type: 'CourseGrade', field: 'score' }, { group: 'RULES' }),
      1,
    ],
    [
      'that moves a field to a stricter group',
      amended(
        'field-groups',
        { type: 'Student', field: 'selfEntries' },
        { group: 'SELF_ENTRY_DRAFTS' },
      ),
      0,
    ],
    ['that adds a purpose', added('purposes', { role: 'STU_SELF', purpose: 'AUDIT' }), 1],
    [
      'that takes the reference off',
      amended('purposes', { purpose: 'AUDIT' }, { needsReference: 'no' }),
      1,
    ],
    ['that adds an action', added('action-matrix', { action: 'bill.forget' }), 0],
    [
      'that adds a field',
      added('field-groups', { subgraph: 'finance', type: 'Bill', field: 'colour', group: 'RULES' }),
      0,
    ],
  ])('%s', (_name, tables, wrong) => {
    expect(wider(own, tables)).toHaveLength(wrong);
  });
});
