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

const OWN = join(import.meta.dirname, '../../subgraphs/kit/tables');
const REVIEWED = join(import.meta.dirname, '../../../shared');
const TABLES = ['privacy-matrix', 'action-matrix', 'field-groups', 'masks', 'purposes'];

/** Only where the reviewed originals stand beside the project. */
const compare = () =>
  describe('The tables are those that were reviewed', () => {
    test.each(TABLES)('%s.csv is the reviewed one, byte for byte', (name) => {
      const reviewed = readFileSync(join(REVIEWED, `${name}.csv`), 'utf8');
      expect(readFileSync(join(OWN, `${name}.csv`), 'utf8')).toBe(reviewed);
    });

    test('predicates.csv says what the table of DOMAIN 3.4b says', () => {
      const text = readFileSync(join(REVIEWED, 'DOMAIN.md'), 'utf8');
      const section = text.slice(text.indexOf('### 3.4b'), text.indexOf('### 3.5'));
      const lines = [...section.matchAll(/^\| `(\w+)` \| (.*?) \| (.*?) \| (.*?) \|$/gm)];
      const asked = lines.flatMap(([, predicate = '', , , cells = '']) =>
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
      expect(own.toSorted()).toEqual(asked.toSorted());
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
