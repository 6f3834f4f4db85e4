import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { declaredRelations } from '../staff/declaration.loader.js';
import { Student } from '../student/student.entity.js';
import { studentByNo } from '../student/student.loader.js';
import { ReviewTask } from './review-task.js';
import { SelfEntry, SelfEntryKind, SelfEntryState } from './self-entry.entity.js';
import { shownEntry } from './self-entry.rules.js';
import { pageOfStudents } from '../student/page-of-students.js';

const ReviewTaskConnection = connectionOf('ReviewTask', () => ReviewTask);
const ORDER = [
  ['submittedAt', 'asc'],
  ['id', 'asc'],
] as const;

@Resolver(() => ReviewTask)
export class ReviewQueueResolver {
  @Reads({ kind: 'ReviewTask.kind' })
  @Privacy('SELF_ENTRY_DRAFTS')
  @Query(() => ReviewTaskConnection, {
    nullable: true,
    description: 'Entries that wait for review in the scope of the caller, the oldest first (G12).',
  })
  async reviewQueue(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('kind', () => SelfEntryKind, { nullable: true }) kind: SelfEntryKind | undefined,
    @Ctx() ctx: Context,
  ): Promise<Connection<ReviewTask>> {
    const where = [
      { state: { $in: [SelfEntryState.SUBMITTED, SelfEntryState.IN_REVIEW] } },
      // Nobody reviews who declared himself related (F-02).
      { studentNo: { $nin: await declaredRelations(ctx) } },
      ...(kind ? [{ kind }] : []),
    ];
    const list = { name: 'reviewQueue', entity: SelfEntry, where, filter: { kind }, order: ORDER };
    const { nodes, edges, pageInfo } = await pageOfStudents<SelfEntry>(ctx, list, args);
    const taskOf = (entry: SelfEntry): ReviewTask => shownEntry(ctx.identity.role, entry);
    return {
      nodes: nodes.map(taskOf),
      edges: edges.map(({ cursor, node }) => ({ cursor, node: taskOf(node) })),
      pageInfo,
    };
  }

  @FieldResolver(() => Student, { nullable: true, description: 'Whose entry it is.' })
  student(@Root() task: ReviewTask, @Ctx() ctx: Context): Promise<Student> {
    return studentByNo(ctx).load(task.studentNo);
  }
}
