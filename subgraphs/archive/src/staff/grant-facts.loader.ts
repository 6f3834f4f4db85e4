/** What the archive knows of those whom a request about grants names, and of grants that are acted on. */
import type { Moment } from '@chengxin/kit/change/guard';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { orgsBelow } from '../org/orgs-below.js';
import type { AdminGrant } from './admin-grant.entity.js';
import type { Approving, Leaving, NamedFacts, Own } from './admin-grant.rules.js';
import { inOrgOfOffice } from './grant-checks.import.js';
import {
  administersAt,
  keepsApart,
  ownGrants,
  passOf,
  placeOf,
  windowOfGrant,
} from './grant-sql.js';

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

/**
 * Grants come into force and end one after the other: whoever counts what others hold, for a seat or for
 * those who administer the school, counts what stays.
 */
export const lockGrants = (em: EntityManager): Promise<unknown> =>
  execute(em, `select pg_advisory_xact_lock(hashtext('admin_grant'), 0)`);

const TRAINING = `
  select ${passOf('v.staff_no', 'v.at')} as id
  from (select ?::text as staff_no, ?::timestamptz as at) v`;

/** The newest pass of the training that counts. */
export async function trainingOf(
  em: EntityManager,
  staffNo: string,
  now: Date,
): Promise<string | undefined> {
  const [row] = await execute<{ id: string | null }>(em, TRAINING, [staffNo, now]);
  return row?.id ?? undefined;
}

const OWN = `
  select bool_or(true) as "isOwn", bool_or(o.valid_to is null) as "isEndless",
    max(o.valid_to) as until
  ${ownGrants({ staffNo: '?', role: '?', orgCode: '?' }, '?::timestamptz')}`;

/** How long somebody holds a role in an org of his own. */
export async function ownOf(
  em: EntityManager,
  { subject, role, orgCode }: { readonly subject: string; readonly role: string; orgCode: string },
  now: Date,
): Promise<Own> {
  const rows = await execute<{ isOwn: boolean | null; isEndless: boolean; until: string | null }>(
    em,
    OWN,
    [subject, role, orgCode, now, now],
  );
  const { isOwn = false, isEndless = false, until = null } = rows[0] ?? {};
  return { isOwn: isOwn === true, ...(!isEndless && until && { until: new Date(until) }) };
}

/** Grants `g`, in the order in which they were named, at an instant `v.at`. */
const NAMED_GRANTS = `
  from unnest(?::uuid[]) with ordinality n (id, place)
  join admin_grant g on g.id = n.id cross join (select ?::timestamptz as at) v`;

const isDelegatedFor = ownGrants(
  { staffNo: 'g.delegated_by', role: 'g.role', orgCode: 'g.org_code' },
  'v.at',
);
const APPROVING = `
  select (${inOrgOfOffice.wrong}) as "isElsewhere",
    ${passOf('g.staff_no', 'v.at')} is not null as "isTrained",
    exists (select from admin_grant a where a.staff_no = g.staff_no and a.id <> g.id
      and ${keepsApart('a', 'g.role', windowOfGrant('g'))}) as "isKeptApart",
    g.delegated_by is null or exists (select ${isDelegatedFor}
      and (o.valid_to is null or o.valid_to >= g.valid_to)) as "isHeldByDelegator",
    p."isLevel", p.seats, p.held
  ${NAMED_GRANTS}
  cross join lateral (
    select jsonb_build_object('role', g.role, 'orgCode', g.org_code) as value) r
  cross join lateral (${placeOf('g.org_code', 'g.staff_no', 'v.at')}) p
  order by n.place`;

/** What stands in the way of grants that wait for their approval, in their order. */
export const approvingOf = (
  em: EntityManager,
  grants: readonly AdminGrant[],
  { now }: Moment,
): Promise<Approving[]> => execute(em, APPROVING, [grants.map(({ id }) => id), now]);

const leavingBy = (ends: string): string => `
  select ${ends} as administers,
    (select count(distinct o.staff_no)::int from admin_grant o
     where ${administersAt('v.at', 'o')} and o.staff_no <> g.staff_no) as others
  ${NAMED_GRANTS} order by n.place`;

const leaving =
  (sql: string) =>
  (em: EntityManager, grants: readonly AdminGrant[], { now }: Moment): Promise<Leaving[]> =>
    execute(em, sql, [grants.map(({ id }) => id), now]);

/** What the end of each grant leaves of those who administer the school. */
export const leftByEnd = leaving(leavingBy(administersAt('v.at')));

/** The same of a transfer by it, which ends all that its holder has in the org: in the school, that too. */
export const leftByTransfer = leaving(
  leavingBy(`exists (select from admin_grant e where e.staff_no = g.staff_no
    and e.org_code = g.org_code and ${administersAt('v.at', 'e')})`),
);

/** Grants of a person in an org and all below it, locked; but for one. */
const IN_ORG = `
  select id from admin_grant
  where staff_no = ? and state = 'ACTIVE' and id <> ?::uuid
    and org_code in (${orgsBelow('org_code = ?')})
  order by id for no key update`;

export async function otherGrantsInOrg(
  em: EntityManager,
  { id, staffNo, orgCode }: Pick<AdminGrant, 'id' | 'staffNo' | 'orgCode'>,
): Promise<string[]> {
  const rows = await execute<{ id: string }>(em, IN_ORG, [staffNo, id, orgCode]);
  return rows.map((row) => row.id);
}

/** Delegations of what its holder has by some grants, and by none other as long; locked. */
const DELEGATED = `
  select d.id from admin_grant d, (select ?::uuid[] as ids, ?::timestamptz as at) v
  where d.state = 'ACTIVE' and exists (
      select from admin_grant g where g.id = any(v.ids) and g.delegated_by is null
        and g.staff_no = d.delegated_by and g.role = d.role and g.org_code = d.org_code)
    and not exists (select ${ownGrants(
      { staffNo: 'd.delegated_by', role: 'd.role', orgCode: 'd.org_code' },
      'v.at',
    )} and o.id <> all(v.ids) and (o.valid_to is null or o.valid_to >= d.valid_to))
  order by d.id for no key update of d`;

export async function delegationsOf(
  em: EntityManager,
  ids: readonly string[],
  now: Date,
): Promise<string[]> {
  const rows = await execute<{ id: string }>(em, DELEGATED, [ids, now]);
  return rows.map((row) => row.id);
}
