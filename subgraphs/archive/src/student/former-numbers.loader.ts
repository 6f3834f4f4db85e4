/** Numbers that students had before, under which logs were written and stay (F-07). */
import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';

const FORMER = `
  select old_no as "oldNo", student_no as "studentNo" from former_number
  where student_no = any(?::text[])`;

/** Each former number of some students, with the one that holds; one statement. */
export async function formerNumbersOf(
  { em }: Pick<Context, 'em'>,
  studentNos: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await execute<{ oldNo: string; studentNo: string }>(em, FORMER, [studentNos]);
  return new Map(rows.map(({ oldNo, studentNo }) => [oldNo, studentNo]));
}

/** All numbers of one student, the one that holds first. */
export const numbersOf = async (ctx: Pick<Context, 'em'>, studentNo: string): Promise<string[]> => [
  studentNo,
  ...(await formerNumbersOf(ctx, [studentNo])).keys(),
];
