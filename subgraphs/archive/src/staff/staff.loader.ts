/** Staff, as far as the caller may know of each person (STAFF_IDENTITY, TEACHER_ARCHIVE). */
import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import type { Group } from '@chengxin/kit/privacy/groups';
import { cell } from '@chengxin/kit/privacy/matrix';
import DataLoader from 'dataloader';
import { orgScope, ownUnit } from '../org/scope.loader.js';
import { childrenOf } from '../children.loader.js';
import { AdminGrant } from './admin-grant.entity.js';
import { EthicsEvaluation } from './ethics-evaluation.entity.js';
import { EthicsFinding } from './ethics-finding.entity.js';
import { Staff } from './staff.entity.js';
import { TeacherArchive } from './teacher-archive.entity.js';
import { TransferNotice } from './transfer-notice.entity.js';

/** Note 34: of the own college alone. */
const OWN_COLLEGE_NOTE = 34;

const IN_ETHICS = 'select distinct staff_no as "staffNo" from ethics_finding';

/** Persons in ethics findings, for the discipline office; research cases lie in another office. */
async function personsInDomain(ctx: Context): Promise<string[]> {
  if (!ctx.opens('TEACHER_ARCHIVE')) return [];
  const rows = await execute<{ staffNo: string }>(ctx.em, IN_ETHICS);
  return rows.map(({ staffNo }) => staffNo);
}

/** The where-clauses of staff whom the caller may know of under a group. */
export async function staffClauses(ctx: Context, group: Group): Promise<object[]> {
  const { role, purpose, subject } = ctx.identity;
  const where: object[] = [];
  if (purpose === 'SELF_SERVICE') where.push({ staffNo: subject });
  if (cell(role, group).note === OWN_COLLEGE_NOTE)
    where.push({ orgCode: { $in: [...(await orgScope(ctx))] } });
  const isNarrow = group === 'STAFF_IDENTITY' && ctx.predicates(group).includes('OWN_DOMAIN');
  if (isNarrow) where.push({ staffNo: { $in: await personsInDomain(ctx) } });
  return where;
}

/** Anybody by number, for what is made of him: a masked name. */
export const staffByNo = childrenOf(Staff, 'staffNo', { staffNo: 'asc' });

/** Grants of staff, those of the own unit for who sees no other. */
export const grantsOf = (ctx: Context): DataLoader<string, AdminGrant[]> =>
  ctx.loader(AdminGrant, () => {
    return new DataLoader(async (staffNos: readonly string[]) => {
      const own = await ownUnit(ctx, 'ADMINISTRATION', 'orgCode');
      const where = { $and: [{ staffNo: { $in: [...staffNos] } }, ...own] };
      const orderBy = { role: 'asc', orgCode: 'asc', validFrom: 'asc' } as const;
      const rows = await ctx.em.find(AdminGrant, where, { orderBy, disableIdentityMap: true });
      const byStaff = Map.groupBy(rows, ({ staffNo }) => staffNo);
      return staffNos.map((staffNo) => byStaff.get(staffNo) ?? []);
    });
  });

export const transfersOf = childrenOf(TransferNotice, 'staffNo', { effectiveAt: 'asc' });
export const teacherArchiveOf = childrenOf(TeacherArchive, 'staffNo', { staffNo: 'asc' });
export const evaluationsOf = childrenOf(EthicsEvaluation, 'staffNo', { year: 'asc' });
export const findingsOf = childrenOf(EthicsFinding, 'staffNo', { recordedAt: 'asc' });
