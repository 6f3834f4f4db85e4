import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import { aidRoundCodes } from './aid-round.loader.js';
import { isNaming } from './named.rules.js';
import { OWN_TASKS } from './own-task.js';
import { placedIn } from './placed.js';

async function studentsOfTask(ctx: Context, purpose: keyof typeof OWN_TASKS): Promise<string[]> {
  const { table, isOwn } = OWN_TASKS[purpose];
  const { reference, subject } = ctx.identity;
  const rows = await execute<{ studentNo: string }>(
    ctx.em,
    `with v as (select ?::text as reference, ?::text as subject)
     select f.student_no as "studentNo" from ${table} f, v
     where f.id::text = v.reference and ${isOwn('v.subject')}`,
    [reference ?? '', subject],
  );
  return rows.map(({ studentNo }) => studentNo);
}

/** The where-clause of the students whom the reference of the request names; of every other, none. */
export async function namedClause(ctx: Context): Promise<object[]> {
  const { purpose } = ctx.identity;
  if (!isNaming(purpose)) return [];
  if (purpose === 'COLLECTION') return [{ studentNo: { $in: [] } }];
  if (purpose !== 'AID_REVIEW') return [{ studentNo: { $in: await studentsOfTask(ctx, purpose) } }];
  return [placedIn(await aidRoundCodes(ctx))];
}
