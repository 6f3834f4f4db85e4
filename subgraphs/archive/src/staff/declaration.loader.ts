import type { Context } from '@chengxin/kit/call/context';
import { peopleIn, type People, type PeopleOf } from '@chengxin/kit/change/noun';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';

const DECLARED = `select student_no as "studentNo" from relation_declaration where staff_no = ?`;

/** Students to whom the caller declared himself related: he reviews none of theirs (F-02). */
export const declaredRelations = (ctx: Context): Promise<string[]> =>
  ctx.loader(DECLARED, async () => {
    const rows = await execute<{ studentNo: string }>(ctx.em, DECLARED, [ctx.identity.subject]);
    return rows.map(({ studentNo }) => studentNo);
  });

const DECLARERS = `
  select student_no as "studentNo", staff_no as "staffNo" from relation_declaration
  where student_no = any(?::text[])`;

interface Declared {
  readonly studentNo: string;
  readonly staffNo: string;
}

/**
 * The people of some rows, with the staff who declared themselves related to their students
 * (`relation.declared` of the action table).
 */
export const withRelated =
  <Row extends { readonly studentNo?: string }>(others: PeopleOf<Row> = peopleIn(() => ({}))) =>
  async (em: EntityManager, rows: readonly Row[]): Promise<People[]> => {
    const students = [...new Set(rows.flatMap(({ studentNo }) => studentNo ?? []))];
    const declared = await execute<Declared>(em, DECLARERS, [students]);
    const staff = Map.groupBy(declared, ({ studentNo }) => studentNo);
    const people = await others(em, rows);
    return rows.map(({ studentNo = '' }, at) => ({
      ...people[at],
      'relation.declared': (staff.get(studentNo) ?? []).map(({ staffNo }) => staffNo),
    }));
  };
