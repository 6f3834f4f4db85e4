import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import type { Group } from '@chengxin/kit/privacy/groups';
import { ORGS_BELOW_OWN } from './orgs-below.js';

/** Codes of the caller's orgs and of all below them (G19.1), once a call. */
export const orgScope = (ctx: Context): Promise<ReadonlySet<string>> =>
  ctx.loader(ORGS_BELOW_OWN, async () => {
    const orgs = ctx.identity.orgs.join(',');
    const rows = await execute<{ org_code: string }>(ctx.em, ORGS_BELOW_OWN, [orgs]);
    return new Set(rows.map((row) => row.org_code));
  });

/** The where-clause of OWN_UNIT on a column that names a unit; none for who sees every unit (3.4b). */
export const ownUnit = async (ctx: Context, group: Group, column: string): Promise<object[]> =>
  ctx.predicates(group).includes('OWN_UNIT')
    ? [{ [column]: { $in: [...(await orgScope(ctx))] } }]
    : [];
