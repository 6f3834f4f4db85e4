import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { rowClauses } from '@chengxin/kit/read/rows';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { decideRows, NO_STUDENT } from '../access/decision.js';
import { NOBODY } from '../access/relation.loader.js';
import { pageOfStudents } from '../student/page-of-students.js';
import { Student } from '../student/student.entity.js';
import { studentByNo } from '../student/student.loader.js';
import { AppealKind, AppealState } from './appeal-state.js';
import { Appeal } from './appeal.entity.js';
import { appealRows } from './appeal.loader.js';
import { pageOfProvider, providerRows } from './provider-appeals.js';
import { appealsFor, sanctionAppealsFor, type AppealFilter } from './waiting-appeals.js';

const AppealConnection = connectionOf('Appeal', () => Appeal);
const ORDER = [
  ['dueOn', 'asc'],
  ['id', 'asc'],
] as const;

/** What waits for the caller, of the rows that he reads at their students. */
async function clausesOf(ctx: Context, filter: AppealFilter): Promise<readonly object[]> {
  const found = [await appealsFor(ctx, filter), await sanctionAppealsFor(ctx, filter)];
  const waiting = found.flatMap((clauses) => (clauses ? [{ $and: clauses }] : []));
  if (!waiting.length || !(await decideRows(ctx))) return [NOBODY];
  return [{ $or: waiting }, ...(rowClauses(ctx, appealRows, NO_STUDENT) as object[])];
}

@Resolver(() => Appeal)
export class AppealQueueResolver {
  @FieldResolver(() => Student, { nullable: true, description: 'Whose appeal it is.' })
  student(@Root() appeal: Appeal, @Ctx() ctx: Context): Promise<Student> {
    return studentByNo(ctx).load(appeal.studentNo);
  }

  @Reads({ kind: 'Appeal.kind', state: 'Appeal.state' })
  @Privacy('APPEALS')
  @Query(() => AppealConnection, {
    nullable: true,
    description:
      'Appeals that wait for the caller, what is due first before the rest; by FILED also those that Student Affairs may take on (2.4).',
  })
  async appealQueue(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('kind', () => AppealKind, { nullable: true }) kind: AppealKind | undefined,
    @Arg('state', () => AppealState, { nullable: true }) state: AppealState | undefined,
    @Ctx() ctx: Context,
  ): Promise<Connection<Appeal>> {
    const filter = { kind, state };
    const own = providerRows(ctx.identity, ctx.now);
    const where = own
      ? ((await appealsFor(ctx, filter)) ?? [NOBODY])
      : await clausesOf(ctx, filter);
    const list = { name: 'appealQueue', entity: Appeal, where, filter, order: ORDER };
    return own ? pageOfProvider(ctx, list as never, args) : pageOfStudents<Appeal>(ctx, list, args);
  }
}
