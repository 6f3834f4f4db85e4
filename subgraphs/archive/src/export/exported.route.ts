/** Writes down that a person has taken a copy of his archive, before it leaves (L-11, 3.6). */
import type { Context } from '@chengxin/kit/call/context';
import { json, type HttpResponse } from '@chengxin/kit/call/http';
import { requireRight, tableRow } from '@chengxin/kit/change/authorization';
import { appendLine } from '@chengxin/kit/change/operation-log';
import { execute } from '@chengxin/kit/database/orm';
import { fault } from '@chengxin/kit/errors';
import type { PersonRoute } from '@chengxin/kit/server/office-definition';
import { DAY_MS, secondsToDayAfter } from '@chengxin/kit/clock';
import { archive } from '../life-cycle/archive.noun.js';
import { lockStudent } from '../lock-order.js';

const OK = 200;
const ACTION = 'archive.export';
/** Two a year are a right; more are no harm, and each costs as much as a whole archive. */
const COPIES_A_DAY = 5;
const QUESTION_AT_MOST = 100;
const ARRIVAL_MS = 5000;

/** The earliest copy of the last ones that a day has room for: once it is a day old, there is room. */
const TAKEN = `
  select at from operation_log
  where target_type = ? and target_id = ? and actor = ? and action = '${ACTION}' and at > ?
  order by at desc offset ${COPIES_A_DAY - 1} limit 1`;

/** It is no change of what stands in the archive: nobody's version is another one by it. */
const MARK = `
  update archive set last_export_at = ?::timestamptz
  where student_no = ? and state not in ('VOID', 'DESTROYED') returning 1`;

/** @throws RATE_LIMITED with the seconds until there is room. */
async function requireLeft({ em, now, identity }: Context, studentNo: string): Promise<void> {
  const since = new Date(now.getTime() - DAY_MS);
  const named = [archive.name, studentNo, identity.subject, since];
  const [full] = await execute<{ at: string }>(em, TAKEN, named);
  if (!full) return;
  const what = `每日最多导出 ${COPIES_A_DAY} 份。 ${COPIES_A_DAY} copies a day at most.`;
  throw fault('RATE_LIMITED', what, {
    retryAfterSeconds: secondsToDayAfter(new Date(full.at), now),
  });
}

async function exported(ctx: Context): Promise<HttpResponse> {
  requireRight(ctx, tableRow(ACTION));
  const { studentNo } = ctx.identity;
  if (studentNo === undefined) throw fault('NOT_FOUND');
  await ctx.transaction.step(async () => {
    await lockStudent(ctx.em, studentNo);
    await requireLeft(ctx, studentNo);
    const [marked] = await execute(ctx.em, MARK, [ctx.now, studentNo]);
    if (!marked) throw fault('NOT_FOUND');
    const target = { type: archive.name, id: studentNo };
    await appendLine(ctx, { action: ACTION, target, studentNo });
  });
  return json(OK, { exportedAt: ctx.now.toISOString() });
}

/** `POST /exported` */
export const exportedRoute: PersonRoute = {
  bodyAtMost: QUESTION_AT_MOST,
  arrivalMs: ARRIVAL_MS,
  answer: exported,
};
