import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { rowClauses } from '@chengxin/kit/read/rows';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { decideRows, NO_STUDENT } from '../access/decision.js';
import { NOBODY } from '../access/relation.loader.js';
import { Student } from '../student/student.entity.js';
import { studentByNo } from '../student/student.loader.js';
import { pageOfStudents } from '../student/page-of-students.js';
import { warningRows } from '../supervision/supervision.loader.js';
import { Warning, WarningColour, WarningState } from '../supervision/warning.entity.js';
import { waitingFor, type WarningFilter } from './waiting-warnings.js';

const WarningConnection = connectionOf('Warning', () => Warning);
const ORDER = [
  ['dueBy', 'asc'],
  ['id', 'asc'],
] as const;

/** What lies with the caller, of the rows that he reads at their students. */
async function clausesOf(ctx: Context, filter: WarningFilter): Promise<readonly object[]> {
  const handled = waitingFor(ctx.identity.role, filter);
  if (!handled || !(await decideRows(ctx))) return [NOBODY];
  return [...handled, ...(rowClauses(ctx, warningRows, NO_STUDENT) as object[])];
}

@Resolver(() => Warning)
export class WarningQueueResolver {
  @FieldResolver(() => Student, { nullable: true, description: 'Of whom it warns.' })
  student(@Root() warning: Warning, @Ctx() ctx: Context): Promise<Student> {
    return studentByNo(ctx).load(warning.studentNo);
  }

  @Reads({ code: 'Warning.code', state: 'Warning.state', colour: 'Warning.colour' })
  @Privacy('SUPERVISION')
  @Query(() => WarningConnection, {
    nullable: true,
    description:
      'Warnings that wait for the caller, what is due first before the rest, without a day last; by ESCALATED those that were handed on to him (4.7).',
  })
  async warningQueue(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('code', () => String, { nullable: true }) code: string | undefined,
    @Arg('state', () => WarningState, { nullable: true }) state: WarningState | undefined,
    @Arg('colour', () => WarningColour, { nullable: true }) colour: WarningColour | undefined,
    @Ctx() ctx: Context,
  ): Promise<Connection<Warning>> {
    const filter = { code, state, colour };
    const where = await clausesOf(ctx, filter);
    const list = { name: 'warningQueue', entity: Warning, where, filter, order: ORDER };
    return pageOfStudents<Warning>(ctx, list, args);
  }
}
