import type { Context } from '@chengxin/kit/call/context';
import { page, type Connection, type List, type PageArgs } from '@chengxin/kit/read/page';
import { relationClause } from '../access/relation.loader.js';
import { studentByNo } from './student.loader.js';

interface OfStudent {
  readonly studentNo: string;
  readonly owner?: unknown;
}

/** A page of rows of the students in the scope of the caller, on each of whom is decided. */
export async function pageOfStudents<Row extends OfStudent>(
  ctx: Context,
  list: Omit<List<Row>, 'where'> & { readonly where: readonly unknown[] },
  args: PageArgs,
): Promise<Connection<Row>> {
  const where = [...list.where, { owner: await relationClause(ctx) }];
  const found = await page(ctx, { ...list, where } as unknown as List<Row>, args);
  await studentByNo(ctx).loadMany(found.nodes.map(({ studentNo }) => studentNo));
  return found;
}
