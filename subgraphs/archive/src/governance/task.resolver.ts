import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { ownUnit } from '../org/scope.loader.js';
import { Task } from './task.entity.js';

const TaskConnection = connectionOf('Task', () => Task);
const ORDER = [
  ['dueOn', 'asc'],
  ['taskNo', 'asc'],
] as const;

@Resolver(() => Task)
export class TaskResolver {
  @Privacy('GOVERNANCE')
  @Query(() => TaskConnection, {
    nullable: true,
    description: 'Tasks of all units, or of the own one, the next due first (Z6.1).',
  })
  async taskBoard(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<Task>> {
    const where = await ownUnit(ctx, 'GOVERNANCE', 'unit');
    return page(ctx, { name: 'taskBoard', entity: Task, where, order: ORDER }, args);
  }
}
