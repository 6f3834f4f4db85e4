/** The work list of a case in the order of its grades, each page in one statement. Source: 3.5, 3.7(1). */
import type { Context } from '@chengxin/kit/call/context';
import { columnSql, execute, whereSql } from '@chengxin/kit/database/orm';
import { cell } from '@chengxin/kit/privacy/matrix';
import { connection, startOf, type Connection, type PageArgs } from '@chengxin/kit/read/page';
import { openCase } from '../access/case.loader.js';
import { gradeInLockedRun, lockedBy } from '../statistics/locked-grade.js';
import { Student } from '../student/student.entity.js';

/** Comes after every grade. */
const NO_GRADE = 'Z';
const rankOf = (studentNo: string): string =>
  `coalesce(${gradeInLockedRun(studentNo)}, '${NO_GRADE}')`;

const ALIAS = 'candidate';
const NUMBER = `${ALIAS}.student_no`;
const ORDER = [
  ['grade', 'asc'],
  ['studentNo', 'asc'],
] as const;

interface Candidate {
  readonly studentNo: string;
  readonly rank: string;
}

interface List {
  readonly name: string;
  readonly where: readonly object[];
  readonly filter?: unknown;
}

/**
 * Who stands behind whom discloses grades: each of the page has them in his access event, whether they
 * are selected or not (INV-12).
 *
 * @throws VALIDATION as `startOf`.
 */
export async function pageByGrade(
  ctx: Context,
  { where, ...list }: List,
  args: PageArgs,
): Promise<Connection<Pick<Student, 'studentNo'>>> {
  const start = startOf(ctx, { ...list, order: ORDER }, args);
  const at = (await openCase(ctx)).opensAt ?? ctx.now;
  const clauses = [...where];
  if (start.after)
    clauses.push(
      whereSql<Student>(
        (row) => `(${rankOf(`${row}.student_no`)}, ${row}.student_no) > (?, ?)`,
        [...lockedBy(at), ...start.after],
      ) as object,
    );
  const builder = ctx.em
    .createQueryBuilder(Student, ALIAS)
    .select(
      columnSql(`${NUMBER} as "studentNo", ${rankOf(NUMBER)} as "rank"`, lockedBy(at)) as never,
    )
    .where({ $and: clauses } as never)
    .orderBy({ [columnSql('"rank"')]: 'asc', [columnSql(NUMBER)]: 'asc' } as never)
    .limit(args.first + 1);
  const rows = await execute<Candidate>(ctx.em, builder.getQuery(), builder.getParams());
  const { effect } = cell(ctx.identity.role, 'CREDIT_GRADE');
  for (const { studentNo } of rows.slice(0, args.first))
    ctx.disclosures.record(studentNo, 'CREDIT_GRADE', effect);
  const positioned = rows.map((row) => ({ row, position: [row.rank, row.studentNo] }));
  return connection(ctx, start, positioned, args.first);
}
