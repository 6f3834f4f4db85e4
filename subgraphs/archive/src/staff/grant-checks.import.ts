/**
 * What must hold of a grant besides its own words: where it is held, whose seat it takes, what it
 * leaves of others. Source: G18.1, G20.1.
 */
import type { StagedCheck } from '@chengxin/kit/import/job';
import { officeOf } from '../org/own-office.js';
import { orgsAbove } from '../org/orgs-above.js';
import { listed } from '../row-groups/row-groups.js';
import { ADMINISTRATORS, ADMINISTRATORS_AT_LEAST } from './admin-grant.rules.js';
import { administersAt, ENDLESS } from './grant-facts.loader.js';
import { GRANTED_ROLES } from './granted-roles.js';

const COLLEGE = officeOf('COLLEGE_ADMIN');

/** The office that the role of a row works for; null for a role of none. */
const OFFICE = `case r.value->>'role' ${GRANTED_ROLES.filter((role) => officeOf(role))
  .map((role) => `when '${role}' then '${officeOf(role)}'`)
  .join(' ')} end`;

/**
 * A role of an office is held in the org of that office, or below it, or in the school; that of a
 * college in a college. Else whoever is granted it in the org of another office would be of both.
 */
export const inOrgOfOffice: StagedCheck = {
  column: 'orgCode',
  reason: {
    zh: '该角色只能在其所属部门（或学校）担任',
    en: 'the role is held in the org of its own office, or in the school',
  },
  wrong: `${OFFICE} is not null and not exists (${orgsAbove('orgCode')} where
    case when ${OFFICE} = '${COLLEGE}' then kind = 'COLLEGE'
      else org_code = ${OFFICE} or (kind = 'SCHOOL' and org_code = r.value->>'orgCode') end)`,
};

/** Whether a row of the file is an administrator's grant that is not over (G18.1). */
const administers = (row: string): string => `
  (${row}.value->>'role' in (${listed(ADMINISTRATORS)})
    and ((${row}.value->>'validTo')::timestamptz > importer.at) is not false)`;

/** Levels are configured in an org for itself and all below it. */
const onLevel: StagedCheck = {
  column: 'orgCode',
  reason: {
    zh: '该机构所在层级不设管理员',
    en: 'orgs of this level have no administrators',
  },
  wrong: `${administers('r')} and exists (
    with recursive above as (
      select org_code, parent_code, 0 as depth from org where org_code = r.value->>'orgCode'
      union all
      select o.org_code, o.parent_code, a.depth + 1 from org o join above a on o.org_code = a.parent_code
    )
    select from above join level_config l using (org_code) where depth >= l.levels)`,
};

/** Seats are those that others hold in the org, and that rows before this one take. */
const onFreeSeat: StagedCheck = {
  column: 'orgCode',
  reason: { zh: '该机构的管理员席位已满', en: 'the seats of the org are taken' },
  wrong: `${administers('r')} and (
    select l.seats from level_config l where l.org_code = r.value->>'orgCode') <= (
    select count(distinct held.staff_no) from (
      select g.staff_no from admin_grant g
      where g.org_code = r.value->>'orgCode' and g.state = 'ACTIVE' and g.delegated_by is null
        and g.role in (${listed(ADMINISTRATORS)})
        and (g.valid_to is null or g.valid_to > importer.at)
      union
      select o.value->>'staffNo' from import_row o
      where o.batch_id = r.batch_id and o.line < r.line
        and o.value->>'orgCode' = r.value->>'orgCode' and ${administers('o')}
    ) held where held.staff_no <> r.value->>'staffNo')`,
};

/** A file may give a grant an end: two others go on (G20.1), but for those to whom it gives one too. */
const leavesAdministrators: StagedCheck = {
  column: 'validTo',
  reason: {
    zh: '学校须始终有两名无期限的校级管理员',
    en: 'two others administer the school without an end',
  },
  wrong: `r.value->>'role' = 'SCHOOL_ADMIN' and r.value->>'validTo' is not null and exists (
      select from admin_grant g where ${ENDLESS} and g.staff_no = r.value->>'staffNo'
        and g.org_code = r.value->>'orgCode'
        and g.valid_from = (r.value->>'validFrom')::timestamptz)
    and (select count(distinct g.staff_no) from admin_grant g
      where ${administersAt('importer.at')} and g.staff_no <> r.value->>'staffNo'
        and not exists (select from import_row o
          where o.batch_id = r.batch_id and o.value->>'role' = 'SCHOOL_ADMIN'
            and o.value->>'staffNo' = g.staff_no and o.value->>'validTo' is not null)
      ) < ${ADMINISTRATORS_AT_LEAST}`,
};

/** What must hold of each grant of a file. */
export const GRANT_CHECKS: readonly StagedCheck[] = [
  inOrgOfOffice,
  onLevel,
  onFreeSeat,
  leavesAdministrators,
];
