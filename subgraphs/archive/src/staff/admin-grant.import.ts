import { columnsOf } from '@chengxin/kit/database/columns';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { AdminGrant } from './admin-grant.entity.js';
import { choice, code } from '@chengxin/kit/import/codecs';
import { instant } from '@chengxin/kit/import/dates';
import type { Approval } from '@chengxin/kit/import/approval';
import { intoTable, type ImportJob } from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';
import { ADMINISTRATORS } from './admin-grant.rules.js';
import { GRANT_CHECKS, isNamed } from './grant-checks.import.js';
import { FINAL_CHECKS } from './grant-final.import.js';
import { lockGrants } from './grant-facts.loader.js';
import { NEVER_HELD } from './grant-state.js';
import { passOf } from './grant-sql.js';
import { GRANTED_ROLES } from './granted-roles.js';
import { listed } from '../row-groups/row-groups.js';

const GRANTED = Object.fromEntries(GRANTED_ROLES.map((role) => [role, [] as string[]]));

const KEY = ['staffNo', 'role', 'orgCode', 'validFrom'];
/** What was declined, withdrawn or lapsed was no grant, and keeps none from coming. */
const HELD = `state not in (${listed(NEVER_HELD)})`;

const INTO_GRANTS = intoTable({
  ...columnsOf(AdminGrant, ['staffNo', 'role', 'orgCode', 'validFrom', 'validTo', 'trainingId']),
  key: KEY,
  among: HELD,
  source: `(select * from admin_grant where ${HELD})`,
  initial: { state: "'ACTIVE'" },
});

/** A new administrator whose row names no pass has the newest that counts, as by `grantAdmin` (G5.2). */
const NAME_PASSES = `
  update import_row r set value = r.value || jsonb_build_object('trainingId',
    ${passOf("(r.value->>'staffNo')", '?::timestamptz')})
  where r.batch_id = ?::uuid and r.value->>'trainingId' is null
    and r.value->>'role' in (${listed(ADMINISTRATORS)})
    and not exists (select from admin_grant g where ${HELD} and ${isNamed('g')})`;

async function withPasses(em: EntityManager, approval: Approval) {
  const { approvedAt: at, batchId } = approval;
  await execute(em, NAME_PASSES, [at, at, batchId]);
  return INTO_GRANTS.apply(em, approval);
}

/**
 * `grants`: a role held in an org from–to. Nobody imports or approves his own; what holds of a grant
 * that is requested holds of a file as well. Source: G18, 3.8.
 */
export const grantImport: ImportJob = {
  kind: importKind({
    name: 'grants',
    columns: [
      {
        field: 'staffNo',
        headers: ['staff_no', '工号'],
        codec: code(/^[\w-]{1,40}$/),
        required: true,
      },
      { field: 'role', headers: ['role', '角色'], codec: choice(GRANTED), required: true },
      {
        field: 'orgCode',
        headers: ['org_code', '机构代码'],
        codec: code(/^[\w-]{1,40}$/),
        required: true,
      },
      {
        field: 'validFrom',
        headers: ['valid_from', '生效时间', '起始日期'],
        codec: instant,
        required: true,
      },
      { field: 'validTo', headers: ['valid_to', '失效时间', '截止日期'], codec: instant },
      { field: 'trainingId', headers: ['training_id', '培训编号'], codec: code(/^[\w-]{1,40}$/) },
    ],
  }),
  action: 'grant.import',
  approval: 'grant.approveImport',
  key: KEY,
  checks: [
    {
      column: 'staffNo',
      reason: { zh: '没有此人员', en: 'there is no such person' },
      wrong: `not exists (select from staff s where s.staff_no = r.value->>'staffNo')`,
    },
    {
      column: 'staffNo',
      reason: { zh: '不得为自己授权', en: 'nobody grants himself a role' },
      wrong: `r.value->>'staffNo' = (select b.recorded_by from import_batch b where b.id = r.batch_id)`,
    },
    ...FINAL_CHECKS,
    ...GRANT_CHECKS,
  ],
  lock: lockGrants,
  ...INTO_GRANTS,
  apply: withPasses,
};
