import { columnsOf } from '@chengxin/kit/database/columns';
import { AdminGrant } from './admin-grant.entity.js';
import { choice, code } from '@chengxin/kit/import/codecs';
import { instant } from '@chengxin/kit/import/dates';
import { intoTable, type ImportJob } from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';
import { GRANT_CHECKS } from './grant-checks.import.js';
import { lockSeatsOf } from './grant-facts.loader.js';
import { GRANTED_ROLES } from './granted-roles.js';

const GRANTED = Object.fromEntries(GRANTED_ROLES.map((role) => [role, [] as string[]]));

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
  key: ['staffNo', 'role', 'orgCode', 'validFrom'],
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
    ...GRANT_CHECKS,
  ],
  lock: lockSeatsOf,
  ...intoTable({
    ...columnsOf(AdminGrant, ['staffNo', 'role', 'orgCode', 'validFrom', 'validTo', 'trainingId']),
    key: ['staffNo', 'role', 'orgCode', 'validFrom'],
    initial: { state: "'ACTIVE'" },
  }),
};
