import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import type { Group } from '@chengxin/kit/privacy/groups';
import { orgsBelow } from './orgs-below.js';

const SCOPE = orgsBelow(`org_code = any(string_to_array(?, ','))`);

/** Codes of the caller's orgs and of all below them (G19.1), once a call. */
export const orgScope = (ctx: Context): Promise<ReadonlySet<string>> =>
  ctx.loader(SCOPE, async () => {
    const orgs = ctx.identity.orgs.join(',');
    const rows = await execute<{ org_code: string }>(ctx.em, SCOPE, [orgs]);
    return new Set(rows.map((row) => row.org_code));
  });

/** The where-clause of OWN_UNIT on a column that names a unit; none for who sees every unit (3.4b). */
export const ownUnit = async (ctx: Context, group: Group, column: string): Promise<object[]> =>
  ctx.predicates(group).includes('OWN_UNIT')
    ? [{ [column]: { $in: [...(await orgScope(ctx))] } }]
    : [];
