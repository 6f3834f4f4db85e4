/** What files, guards and mutations of grants ask in SQL, each in one place. Source: G5.2, G18, G20.1. */
import { lockedOut } from '../identity/actor.loader.js';
import { listed } from '../row-groups/row-groups.js';
import { ADMINISTRATORS, APART, TRAINING_MONTHS } from './admin-grant.rules.js';

/**
 * Whether a grant makes somebody administer the school without an end: held in the school itself, since
 * one of another org opens no student and grants nothing there.
 */
export const endless = (g = 'g'): string => `(${g}.role = 'SCHOOL_ADMIN' and ${g}.state = 'ACTIVE'
  and ${g}.valid_to is null
  and exists (select from org s where s.org_code = ${g}.org_code and s.kind = 'SCHOOL'))`;

/** Whether he does so at an instant: who is locked out administers nothing. */
export const administersAt = (at: string, g = 'g'): string =>
  `(${endless(g)} and ${g}.valid_from <= ${at} and not ${lockedOut(`${g}.staff_no`)})`;

/** The newest pass of the training that counts for a person at an instant (G5.2). */
export const passOf = (staffNo: string, at: string): string => {
  const day = `(${at} at time zone 'Asia/Shanghai')::date`;
  return `(select t.id from training_session t where t.staff_no = ${staffNo}
    and t.passed_on between (${day} - interval '${TRAINING_MONTHS} months')::date and ${day}
    order by t.passed_on desc, t.id limit 1)`;
};

/** A window of instants, as it is compared with another. */
const window = (from: string, to: string): string =>
  `tstzrange((${from})::timestamptz, (${to})::timestamptz)`;

/** Values of a staged row of grants. */
export const valueOf = (row: string, field: string): string => `${row}.value->>'${field}'`;
export const windowOfRow = (row: string): string =>
  window(valueOf(row, 'validFrom'), valueOf(row, 'validTo'));
export const windowOfGrant = (g: string): string => window(`${g}.valid_from`, `${g}.valid_to`);

/** Whether a grant `g` in force keeps its holder from another role: who inspects is not who disciplines. */
export const keepsApart = (g: string, role: string, window: string): string =>
  `${role} in (${listed(APART)}) and ${g}.role in (${listed(APART)}) and ${g}.role <> ${role}
    and ${g}.state = 'ACTIVE' and ${windowOfGrant(g)} && ${window}`;

/**
 * Where an administrator's grant would stand: whether each configured org above its own allows its level,
 * the seats of its own org, and those that others hold. Who stands in for one on leave takes none.
 */
export const placeOf = (orgCode: string, staffNo: string, at: string): string => `
  with recursive above as (
    select org_code, parent_code, 0 as depth from org where org_code = ${orgCode}
    union all
    select o.org_code, o.parent_code, a.depth + 1
    from org o join above a on o.org_code = a.parent_code
  ), configured as (
    select l.org_code, l.levels, l.seats, a.depth
    from level_config l join above a using (org_code)
  )
  select coalesce(bool_and(depth < levels), true) as "isLevel",
    (select c.seats from configured c where c.depth = 0) as seats,
    (select count(distinct h.staff_no)::integer from admin_grant h
     where h.org_code = ${orgCode} and h.state = 'ACTIVE' and h.role in (${listed(ADMINISTRATORS)})
       and h.staff_no <> ${staffNo} and h.delegated_by is null
       and (h.valid_to is null or h.valid_to > ${at})) as held
  from configured`;

/** An own grant of a role in an org, by which it can be delegated: held at an instant, not delegated itself. */
export const ownGrants = (
  of: { readonly staffNo: string; readonly role: string; readonly orgCode: string },
  at: string,
): string => `
  from admin_grant o where o.staff_no = ${of.staffNo} and o.role = ${of.role}
    and o.org_code = ${of.orgCode} and o.state = 'ACTIVE' and o.delegated_by is null
    and o.valid_from <= ${at} and (o.valid_to is null or o.valid_to > ${at})`;
