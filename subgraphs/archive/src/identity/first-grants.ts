/**
 * The first two people of an empty archive: without them nobody could bring anybody in. Named by the
 * one who installs the product (`CHENGXIN_FIRST_ADMINS`), written down in the operation log.
 */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';

const INSTALLER = 'installation';
const SCHOOL = 'SCHOOL';

/** Give SCHOOL_ADMIN to the first people while no grant exists; later calls change nothing. */
export async function giveFirstGrants(
  em: EntityManager,
  now: Date,
  people: readonly string[],
): Promise<void> {
  await em.transactional(async (inner) => {
    const tx = inner as EntityManager;
    await execute(tx, 'lock table admin_grant in share row exclusive mode');
    const held = await execute(tx, 'select 1 from admin_grant limit 1');
    if (held.length) return;
    for (const staffNo of people) await giveFirst(tx, now, staffNo);
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
     values (?, ?, 'SYS_OPERATOR', 'grant.approveImport', ?, 'first grant of an empty archive', ?)`,
    [now, INSTALLER, staffNo, INSTALLER],
  );
}
