/**
 * What must hold of a grant besides its own words: where it is held, whose seat it takes, what it
 * leaves of others. Source: G5.2, G18.1, G20.1.
 */
import type { StagedCheck } from '@chengxin/kit/import/job';
import { officeOf } from '../org/own-office.js';
import { orgsAbove } from '../org/orgs-above.js';
import { listed } from '../row-groups/row-groups.js';
import { ADMINISTRATORS, ADMINISTRATORS_AT_LEAST, APART } from './admin-grant.rules.js';
import {
  administersAt,
  endless,
  keepsApart,
  passOf,
  placeOf,
  valueOf,
  windowOfRow,
} from './grant-sql.js';
import { GRANTED_ROLES } from './granted-roles.js';

const COLLEGE = officeOf('COLLEGE_ADMIN');

/** The office that the role of a row works for; null for a role of none. */
const OFFICE = `case r.value->>'role' ${GRANTED_ROLES.filter((role) => officeOf(role))
  .map((role) => `when '${role}' then '${officeOf(role)}'`)
  .join(' ')} end`;

/**
 * A role of an office is held in the org of that office, or below it, or in the school; that of a
 * college in a college. Else whoever is granted it in the org of another office would be of both. The
 * school is administered in the school alone: what is below another org is no student's (G19.1).
 */
export const inOrgOfOffice: StagedCheck = {
  column: 'orgCode',
  reason: {
    zh: '该角色只能在其所属部门（或学校）担任',
    en: 'the role is held in the org of its own office, or in the school',
  },
  wrong: `${OFFICE} is not null and not exists (${orgsAbove('orgCode')} where
    case when ${OFFICE} = '${COLLEGE}' then kind = 'COLLEGE'
      when r.value->>'role' = 'SCHOOL_ADMIN'
        then kind = 'SCHOOL' and org_code = r.value->>'orgCode'
      else org_code = ${OFFICE} or (kind = 'SCHOOL' and org_code = r.value->>'orgCode') end)`,
};

/** Whether a row of the file is an administrator's grant that is not over (G18.1). */
const administers = (row: string): string => `
  (${valueOf(row, 'role')} in (${listed(ADMINISTRATORS)})
    and ((${valueOf(row, 'validTo')})::timestamptz > importer.at) is not false)`;

/** A grant `g` is the one that a row of the file names. */
export const isNamed = (g: string): string => `${g}.staff_no = ${valueOf('r', 'staffNo')}
  and ${g}.role = ${valueOf('r', 'role')} and ${g}.org_code = ${valueOf('r', 'orgCode')}
  and ${g}.valid_from = (${valueOf('r', 'validFrom')})::timestamptz`;

const PLACE = placeOf(
  `(${valueOf('r', 'orgCode')})`,
  `(${valueOf('r', 'staffNo')})`,
  'importer.at',
);

/** Levels are configured in an org for itself and all below it. */
const onLevel: StagedCheck = {
  column: 'orgCode',
  reason: {
    zh: '该机构所在层级不设管理员',
    en: 'orgs of this level have no administrators',
  },
  wrong: `${administers('r')} and exists (select from (${PLACE}) p where not p."isLevel")`,
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
      select from admin_grant g where ${endless()} and g.staff_no = r.value->>'staffNo'
        and g.org_code = r.value->>'orgCode'
        and g.valid_from = (r.value->>'validFrom')::timestamptz)
    and (select count(distinct g.staff_no) from admin_grant g
      where ${administersAt('importer.at')} and g.staff_no <> r.value->>'staffNo'
        and not exists (select from import_row o
          where o.batch_id = r.batch_id and o.value->>'role' = 'SCHOOL_ADMIN'
            and o.value->>'staffNo' = g.staff_no and o.value->>'validTo' is not null)
      ) < ${ADMINISTRATORS_AT_LEAST}`,
};

/** A grant in force that the row does not prolong: nothing new is granted by it. */
const GRANTS_NOTHING = `exists (select from admin_grant g where ${isNamed('g')} and g.state = 'ACTIVE'
  and (g.valid_to is null or (${valueOf('r', 'validTo')})::timestamptz <= g.valid_to))`;

/** An administrator has passed the training, as where his grant is approved alone (G5.2). */
const trained: StagedCheck = {
  column: 'staffNo',
  reason: {
    zh: '该人员近 24 个月内没有通过专职管理员培训',
    en: 'has not passed the training for administrators within 24 months',
  },
  wrong: `${administers('r')} and not ${GRANTS_NOTHING}
    and ${passOf(`(${valueOf('r', 'staffNo')})`, 'importer.at')} is null`,
};

/** A number names a pass of his own; what was brought in before stays as it is. */
const ownPass: StagedCheck = {
  column: 'trainingId',
  reason: { zh: '该人员没有此培训记录', en: 'is no pass of this person' },
  wrong: `${valueOf('r', 'trainingId')} is not null
    and not exists (select from training_session t
      where t.id::text = ${valueOf('r', 'trainingId')} and t.staff_no = ${valueOf('r', 'staffNo')})
    and not exists (select from admin_grant g
      where ${isNamed('g')} and g.training_id = ${valueOf('r', 'trainingId')})`,
};

/** Who inspects is not who keeps the discipline, neither by what is held nor by an earlier row (2.4). */
const keptApart: StagedCheck = {
  column: 'role',
  reason: {
    zh: '同一人不得兼任审计人员与纪检人员',
    en: 'one person is never auditor and discipline officer',
  },
  wrong: `${valueOf('r', 'role')} in (${listed(APART)}) and (
    exists (select from admin_grant g where g.staff_no = ${valueOf('r', 'staffNo')}
      and ${keepsApart('g', `(${valueOf('r', 'role')})`, windowOfRow('r'))})
    or exists (select from import_row o where o.batch_id = r.batch_id and o.line < r.line
      and ${valueOf('o', 'staffNo')} = ${valueOf('r', 'staffNo')}
      and ${valueOf('o', 'role')} in (${listed(APART)})
      and ${valueOf('o', 'role')} <> ${valueOf('r', 'role')}
      and ${windowOfRow('o')} && ${windowOfRow('r')}))`,
};

/** What must hold of each grant of a file. */
export const GRANT_CHECKS: readonly StagedCheck[] = [
  inOrgOfOffice,
  onLevel,
  onFreeSeat,
  trained,
  ownPass,
  keptApart,
  leavesAdministrators,
];
