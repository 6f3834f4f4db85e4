import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { rowClauses } from '@chengxin/kit/read/rows';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { decideRows, NO_STUDENT } from '../access/decision.js';
import { NOBODY } from '../access/relation.loader.js';
import { RepairApplication, RepairState } from '../procedure/repair-application.entity.js';
import { repairRows } from '../procedure/repair-application.loader.js';
import { pageOfStudents } from '../student/page-of-students.js';
import { Student } from '../student/student.entity.js';
import { studentByNo } from '../student/student.loader.js';
import { repairsFor } from './waiting-repairs.js';

const RepairApplicationConnection = connectionOf('RepairApplication', () => RepairApplication);
/** No text sets a day: who handed his in first has waited longest. */
const ORDER = [
  ['submittedAt', 'asc'],
  ['id', 'asc'],
] as const;

/** What waits for the caller, of the rows that he reads at their students. */
async function clausesOf(ctx: Context, state: RepairState | undefined): Promise<readonly object[]> {
  const waiting = await repairsFor(ctx, state);
  if (!waiting || !(await decideRows(ctx))) return [NOBODY];
  return [
    ...waiting,
    { submittedAt: { $ne: null } },
    ...(rowClauses(ctx, repairRows, NO_STUDENT) as object[]),
  ];
}

@Resolver(() => RepairApplication)
export class RepairQueueResolver {
  @FieldResolver(() => Student, { nullable: true, description: 'Whose application it is.' })
  student(@Root() repair: RepairApplication, @Ctx() ctx: Context): Promise<Student> {
    return studentByNo(ctx).load(repair.studentNo);
  }

  @Reads({ state: 'RepairApplication.state' })
  @Privacy('REPAIRS')
  @Query(() => RepairApplicationConnection, {
    nullable: true,
    description:
      'Applications for repair that wait for the caller, handed in first before the rest (G15).',
  })
  async repairQueue(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('state', () => RepairState, { nullable: true }) state: RepairState | undefined,
    @Ctx() ctx: Context,
  ): Promise<Connection<RepairApplication>> {
    const filter = { state };
    const where = await clausesOf(ctx, state);
    const list = { name: 'repairQueue', entity: RepairApplication, where, filter, order: ORDER };
    return pageOfStudents<RepairApplication>(ctx, list, args);
  }
}
