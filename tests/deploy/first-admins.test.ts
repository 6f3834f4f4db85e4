/** The first two administrators of a college: two named people, once, logged. */
import { giveFirstAdmins } from '@chengxin/archive/identity/first-admins';
import { firstAdmins } from '@chengxin/archive/identity/first-admins.command';
import { forkOf } from '@chengxin/kit/database/orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';

const AT = '2026-04-12T10:00:00+08:00';
const REFUSED = 'This college has had an administrator: who holds SCHOOL_ADMIN grants the rest.';
const NOT_TWO = 'Name two different people by their staff numbers, for example T0001 T0002.';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: AT });
});
beforeEach(() => clear());
afterAll(() => college.stop());

const archive = () => {
  const office = college.started.offices.get('archive');
  if (!office) throw new Error('The archive is not running.');
  return office;
};
const clear = () =>
  asOwner(college, 'archive', 'delete from admin_grant; delete from operation_log');
const grants = () =>
  asOwner(college, 'archive', 'select staff_no, role, state from admin_grant order by staff_no');
const messageOf = (doing: Promise<unknown>): Promise<string> =>
  doing.then(
    () => 'done',
    (error: Error) => error.message,
  );
const command = (...people: string[]) => messageOf(firstAdmins(archive(), people));
const GIVEN = ['T9101', 'T9102'].map((staff_no) => ({
  staff_no,
  role: 'SCHOOL_ADMIN',
  state: 'ACTIVE',
}));

test('two people whom nobody knows yet administer the college at once, and the log says who let them', async () => {
  expect(await command('T9101', 'T9102')).toBe('done');

  expect(await grants()).toEqual(GIVEN);
  const me = '{ me { person { id } roles { role } } }';
  expect(await college.request('T9102', me, { headers: { 'x-purpose': 'ADMIN_REVIEW' } })).toEqual({
    data: {
      me: { person: { id: 'T9102' }, roles: [{ role: 'STAFF_SELF' }, { role: 'SCHOOL_ADMIN' }] },
    },
  });
  const log = 'select actor, role, action, target, reason from operation_log order by id';
  expect(await asOwner(college, 'archive', log)).toEqual(
    ['T9101', 'T9102'].map((target) => ({
      actor: 'installation',
      role: 'SYS_OPERATOR',
      action: 'grant.approveImport',
      target,
      reason: 'first administrator of a college',
    })),
  );
});

test.each([['ACTIVE'], ['SUSPENDED'], ['ENDED']])(
  'it is refused where somebody holds SCHOOL_ADMIN or once did: %s',
  async (state) => {
    const now = new Date(AT);
    await giveFirstAdmins(forkOf(archive().orm), now, ['T9101', 'T9102']);
    await asOwner(college, 'archive', `delete from admin_grant where staff_no = 'T9102'`);
    await asOwner(college, 'archive', 'update admin_grant set state = $1', [state]);

    expect(await command('T9103', 'T9104')).toBe(REFUSED);

    expect(await grants()).toEqual([{ staff_no: 'T9101', role: 'SCHOOL_ADMIN', state }]);
  },
);

test('other grants, and a request that nobody granted, are in nobody’s way', async () => {
  await giveFirstAdmins(forkOf(archive().orm), new Date(AT), ['T9103', 'T9104']);
  await asOwner(
    college,
    'archive',
    `update admin_grant set state = 'REQUESTED' where staff_no = 'T9103';
     update admin_grant set role = 'AUDITOR' where staff_no = 'T9104'`,
  );

  expect(await command('T9101', 'T9102')).toBe('done');
});

test('of two who install at once one is refused', async () => {
  const both = await Promise.all([command('T9101', 'T9102'), command('T9103', 'T9104')]);

  expect(both.toSorted()).toEqual([REFUSED, 'done']);
  expect(await grants()).toHaveLength(2);
});

test.each([
  ['one twice', ['T9101', ' T9101']],
  ['nobody', ['T9101', '']],
  ['a name', ['T9101', 'Li Na']],
])('%s is not two people', async (_, people) => {
  expect(await command(...people)).toBe(NOT_TWO);

  expect(await grants()).toEqual([]);
});

test.each([[['T9101']], [['T9101', 'T9102', 'T9103']], [[]]])(
  'the command says how it is used: %j',
  async (people) => {
    expect(await firstAdmins(archive(), people)).toBe(2);

    expect(await grants()).toEqual([]);
  },
);
