/**
 * The first two administrators of a college: without them nobody could grant a role. Named by the
 * one who installs the product, written down in the operation log.
 */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { listed } from '../row-groups/row-groups.js';
import { NEVER_HELD } from '../staff/grant-state.js';

const INSTALLER = 'installation';
const SCHOOL = 'SCHOOL';

/** A grant that was only requested was never held; one that was lost was. */
const HAS_ADMINS = `
  select exists (select from admin_grant
    where role = 'SCHOOL_ADMIN' and state not in ('REQUESTED', ${listed(NEVER_HELD)})) as held`;

/** Whether anybody holds SCHOOL_ADMIN, or ever did. */
export async function hasAdmins(em: EntityManager): Promise<boolean> {
  const [answer] = await execute<{ held: boolean }>(em, HAS_ADMINS);
  return answer?.held === true;
}

/** @throws Error unless two different people are named: what one imports the other approves. */
function twoOf(people: readonly string[]): readonly string[] {
  const named = people.map((staffNo) => staffNo.trim());
  if (named.length !== 2 || named[0] === named[1] || !named.every((one) => /^\S+$/.test(one)))
    throw new Error('Name two different people by their staff numbers, for example T0001 T0002.');
  return named;
}

/**
 * Give SCHOOL_ADMIN to the first two people, once.
 *
 * @returns False, and nothing is changed, when somebody holds it or ever did.
 * @throws  Error unless two different people are named.
 */
export async function giveFirstAdmins(
  em: EntityManager,
  now: Date,
  people: readonly string[],
): Promise<boolean> {
  const two = twoOf(people);
  return em.transactional(async (inner) => {
    const tx = inner as EntityManager;
    await execute(tx, 'lock table admin_grant in share row exclusive mode');
    if (await hasAdmins(tx)) return false;
    for (const staffNo of two) await giveFirst(tx, now, staffNo);
    return true;
  });
}

async function giveFirst(em: EntityManager, now: Date, staffNo: string): Promise<void> {
  const by = [INSTALLER, now, `${INSTALLER} (second)`, now];
  await execute(
    em,
    `insert into org (org_code, name, kind, recorded_by, recorded_at, approved_by, approved_at)
     values (?, ?, 'SCHOOL', ?, ?, ?, ?) on conflict do nothing`,
    [SCHOOL, SCHOOL, ...by],
  );
  await execute(
    em,
    `insert into staff (staff_no, name, org_code, recorded_by, recorded_at, approved_by, approved_at)
     values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
    [staffNo, staffNo, SCHOOL, ...by],
  );
  await execute(
    em,
    `insert into admin_grant (staff_no, role, org_code, valid_from, state, recorded_by, recorded_at,
       approved_by, approved_at)
     values (?, 'SCHOOL_ADMIN', ?, ?, 'ACTIVE', ?, ?, ?, ?)`,
    [staffNo, SCHOOL, now, ...by],
  );
  await execute(
    em,
    `insert into operation_log (at, actor, role, action, target, reason, request_id)
     values (?, ?, 'SYS_OPERATOR', 'grant.approveImport', ?, 'first administrator of a college', ?)`,
    [now, INSTALLER, staffNo, INSTALLER],
  );
}
