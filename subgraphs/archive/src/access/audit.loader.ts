import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';

/** SQL: audits that are open at the instant `v.now`. */
export const OPEN_AUDITS = 'from v join audit d on d.opens_at <= v.now and d.closes_at > v.now';

const AUDIT = `
  with v as (select ?::timestamptz as now)
  select 1 as open ${OPEN_AUDITS} where d.audit_no = ? and d.staff_no = ?`;

/**
 * Whether the audit that the request names is the caller's own and open (DOMAIN 3.4), once a call.
 */
export const isAuditOpen = (ctx: Context): Promise<boolean> =>
  ctx.loader(AUDIT, async () => {
    const { reference, subject } = ctx.identity;
    const rows = await execute(ctx.em, AUDIT, [ctx.now, reference ?? '', subject]);
    return rows.length > 0;
  });
