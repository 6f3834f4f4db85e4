/** What the archive knows of those whom a request about grants names. */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { orgsBelow } from '../org/orgs-below.js';
import type { NamedFacts } from './admin-grant.rules.js';

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
  select id from admin_grant
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
): Promise<string[]> {
  const rows = await execute<{ id: string }>(em, IN_ORG, [staffNo, id, orgCode]);
  return rows.map((row) => row.id);
}
