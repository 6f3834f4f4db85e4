import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, Query, Resolver } from 'type-graphql';
import { OwnTask } from './own-task.js';
import { staffTasks } from './staff-tasks.js';
import { studentTasks } from './student-tasks.js';

/** What has no day is due after all that has one. */
const LAST_DAY = '9999-12-31';
const byDay = ({ dueOn: a = LAST_DAY }: OwnTask, { dueOn: b = LAST_DAY }: OwnTask): number =>
  a < b ? -1 : Number(a > b);

@Resolver(() => OwnTask)
export class OwnTaskResolver {
  @Privacy('AUTHENTICATED')
  @Query(() => [OwnTask], {
    nullable: true,
    description: 'What waits for the caller in this role, what is due first before the rest.',
  })
  async myTasks(@Ctx() ctx: Context): Promise<OwnTask[]> {
    const { role, studentNo } = ctx.identity;
    const isSelf = role === 'STU_SELF' && studentNo !== undefined;
    const tasks = isSelf ? await studentTasks(ctx, studentNo) : await staffTasks(ctx);
    return tasks.toSorted(byDay);
  }
}
