/** What the archive knows of those whom a request about grants names. */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { lockedOut } from '../identity/actor.loader.js';
import { orgsBelow } from '../org/orgs-below.js';
import type { AdminGrant } from './admin-grant.entity.js';
import { ADMINISTRATORS, type NamedFacts, type Place } from './admin-grant.rules.js';

const NAMED = `
  select exists (select from staff where staff_no = ?) as "isStaff",
    exists (select from org where org_code = ?) as "isOrg"`;

export async function namedFacts(
  em: EntityManager,
  { staffNo, orgCode = '' }: { readonly staffNo: string; readonly orgCode?: string },
): Promise<NamedFacts> {
  const [row] = await execute<NamedFacts>(em, NAMED, [staffNo, orgCode]);
  return row ?? { isStaff: false, isOrg: false };
}

const TRAINING = `
  select id from training_session where staff_no = ? and passed_on between ?::date and ?::date
  order by passed_on desc, id limit 1`;

/** The newest pass of the training between two days. */
export async function trainingOf(
  em: EntityManager,
  staffNo: string,
  since: string,
  today: string,
): Promise<string | undefined> {
  const [row] = await execute<{ id: string }>(em, TRAINING, [staffNo, since, today]);
  return row?.id;
}

/** Grants of a person in an org and all below it, locked; but for one. */
const IN_ORG = `
  select id, staff_no as "staffNo", role, state from admin_grant
  where staff_no = ? and state = 'ACTIVE' and id <> ?::uuid
    and org_code in (${orgsBelow('org_code = ?')})
  order by id for no key update`;

export async function otherGrantsInOrg(
  em: EntityManager,
  {
    id,
    staffNo,
    orgCode,
  }: { readonly id: string; readonly staffNo: string; readonly orgCode: string },
): Promise<Pick<AdminGrant, 'id' | 'staffNo' | 'role' | 'state'>[]> {
  return execute(em, IN_ORG, [staffNo, id, orgCode]);
}

/** SQL: whether a grant `g` makes somebody administer the school without an end. */
export const ENDLESS = `g.role = 'SCHOOL_ADMIN' and g.state = 'ACTIVE' and g.valid_to is null`;

/** SQL: whether he does so at an instant: who is locked out administers nothing. */
export const administersAt = (at: string): string =>
  `${ENDLESS} and g.valid_from <= ${at} and not ${lockedOut('g.staff_no')}`;

/** Others who administer the school at an instant, locked: of two who leave at once the second waits. */
const OTHER_ADMINISTRATORS = `
  select g.staff_no as "staffNo" from admin_grant g
  where ${administersAt('?')} and g.staff_no <> ? order by g.id for no key update`;

/** How many others administer the school from now on, without an end. */
export async function otherAdministrators(
  em: EntityManager,
  { staffNo }: { readonly staffNo: string },
  now: Date,
): Promise<number> {
  const rows = await execute<{ staffNo: string }>(em, OTHER_ADMINISTRATORS, [now, staffNo]);
  return new Set(rows.map((row) => row.staffNo)).size;
}

/** Roles of administrators take levels and seats; who stands in for one on leave takes none. */
const PLACE = `
  with recursive above as (
    select org_code, parent_code, 0 as depth from org where org_code = ?
    union all
    select o.org_code, o.parent_code, a.depth + 1
    from org o join above a on o.org_code = a.parent_code
  ), configured as (
    select l.org_code, l.levels, l.seats, a.depth
    from level_config l join above a using (org_code)
  )
  select coalesce(bool_and(depth < levels), true) as "isLevel",
    (select c.seats from configured c where c.depth = 0) as seats,
    (select count(distinct g.staff_no)::integer from admin_grant g
     where g.org_code = ? and g.state = 'ACTIVE' and g.role = any(?::text[])
       and g.staff_no <> ? and g.delegated_by is null
       and (g.valid_to is null or g.valid_to > ?)) as held
  from configured`;

/** Locked: of two who approve at the same time the second sees the seat of the first. */
const SEATS = `select from level_config where org_code = ? for no key update`;

const SEATS_OF_BATCH = `
  select from level_config where org_code in (select r.value->>'orgCode' from import_row r
    where r.batch_id = ?::uuid and r.value->>'role' = any(?::text[]))
  order by org_code for no key update`;
/** Those whom a file may give an end wait for each other as well. */
const ENDLESS_OF_BATCH = `
  select from admin_grant g where ${ENDLESS} and exists (select from import_row r
    where r.batch_id = ?::uuid and r.value->>'role' = 'SCHOOL_ADMIN')
  order by g.id for no key update`;

/** Lock what a file of grants is counted against. */
export async function lockSeatsOf(em: EntityManager, batchId: string): Promise<void> {
  await execute(em, SEATS_OF_BATCH, [batchId, ADMINISTRATORS]);
  await execute(em, ENDLESS_OF_BATCH, [batchId]);
}

export async function placeOf(
  em: EntityManager,
  { staffNo, orgCode }: { readonly staffNo: string; readonly orgCode: string },
  { roles, now }: { readonly roles: readonly string[]; readonly now: Date },
): Promise<Place> {
  await execute(em, SEATS, [orgCode]);
  const [place] = await execute<Place>(em, PLACE, [orgCode, orgCode, roles, staffNo, now]);
  return place ?? { isLevel: true, seats: null, held: 0 };
}
