import type { Context } from '@chengxin/kit/call/context';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';

const DECLARED = `select student_no as "studentNo" from relation_declaration where staff_no = ?`;

/** Students to whom the caller declared himself related: he reviews none of theirs (F-02). */
export const declaredRelations = (ctx: Context): Promise<string[]> =>
  ctx.loader(DECLARED, async () => {
    const rows = await execute<{ studentNo: string }>(ctx.em, DECLARED, [ctx.identity.subject]);
    return rows.map(({ studentNo }) => studentNo);
  });

const DECLARERS = `select staff_no as "staffNo" from relation_declaration where student_no = ?`;

/** Staff who declared themselves related to a student (`relation.declared` of the action table). */
export async function relatedStaff(em: EntityManager, studentNo: string): Promise<string[]> {
  const rows = await execute<{ staffNo: string }>(em, DECLARERS, [studentNo]);
  return rows.map(({ staffNo }) => staffNo);
}
