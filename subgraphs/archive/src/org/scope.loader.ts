import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import type { Group } from '@chengxin/kit/privacy/groups';

const SCOPE = `
  with recursive scope as (
    select org_code from org where org_code = any(string_to_array(?, ','))
    union
    select o.org_code from org o join scope s on o.parent_code = s.org_code
  )
  select org_code as code from scope`;

/** Codes of the caller's orgs and of all below them (G19.1), once a call. */
export const orgScope = (ctx: Context): Promise<ReadonlySet<string>> =>
  ctx.loader(SCOPE, async () => {
    const orgs = ctx.identity.orgs.join(',');
    const rows = await execute<{ code: string }>(ctx.em, SCOPE, [orgs]);
    return new Set(rows.map(({ code }) => code));
  });

/** The where-clause of OWN_UNIT on a column that names a unit; none for who sees every unit (3.4b). */
export const ownUnit = async (ctx: Context, group: Group, column: string): Promise<object[]> =>
  ctx.predicates(group).includes('OWN_UNIT')
    ? [{ [column]: { $in: [...(await orgScope(ctx))] } }]
    : [];
