import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import { aidRoundCodes } from './aid-round.loader.js';
import { isNaming } from './named.rules.js';
import { ownTasksOf } from './own-task.js';
import { placedIn } from './placed.js';

async function studentsOfTask({ em, identity }: Context): Promise<string[]> {
  const { reference, subject } = identity;
  const students = ownTasksOf(identity).map(
    ({ table, isOwn }) => `
      select f.student_no as "studentNo" from ${table} f, v
      where f.id::text = v.reference and ${isOwn('v.subject')}`,
  );
  const rows = await execute<{ studentNo: string }>(
    em,
    `with v as (select ?::text as reference, ?::text as subject) ${students.join(' union all ')}`,
    [reference ?? '', subject],
  );
  return rows.map(({ studentNo }) => studentNo);
}

/** The where-clause of the students whom the reference of the request names; of every other, none. */
export async function namedClause(ctx: Context): Promise<object[]> {
  const { purpose } = ctx.identity;
  if (!isNaming(purpose)) return [];
  if (purpose === 'COLLECTION') return [{ studentNo: { $in: [] } }];
  if (purpose !== 'AID_REVIEW') return [{ studentNo: { $in: await studentsOfTask(ctx) } }];
  return [placedIn(await aidRoundCodes(ctx))];
}
