import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';

const AUDIT = `
  select 1 as open from audit
  where audit_no = ? and staff_no = ? and opens_at <= ? and closes_at > ?`;

/**
 * Whether the audit that the request names is the caller's own and open (DOMAIN 3.4), once a call.
 */
export const isAuditOpen = (ctx: Context): Promise<boolean> =>
  ctx.loader(AUDIT, async () => {
    const { reference, subject } = ctx.identity;
    const rows = await execute(ctx.em, AUDIT, [reference ?? '', subject, ctx.now, ctx.now]);
    return rows.length > 0;
  });
