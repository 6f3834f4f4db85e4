import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { shownTo } from '@chengxin/kit/privacy/verdict';
import { rowClauses } from '@chengxin/kit/read/rows';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { decideNobody, NO_STUDENT } from '../access/decision.js';
import { Student } from '../student/student.entity.js';
import { numbersOf } from '../student/former-numbers.loader.js';
import { openStudent } from '../student/student.loader.js';
import { AccessEvent, AskedGroup } from './access-event.entity.js';
import { accessRows, partsOfEvent, recentAccessOf } from './access-event.loader.js';
import { actorDisplay, countOf, groupsOf } from './access-event.rules.js';
import { AccessLogFilter, filterClauses } from './access-log.filter.js';

const AccessEventConnection = connectionOf('AccessEvent', () => AccessEvent);
const LATEST_FIRST = [
  ['at', 'desc'],
  ['id', 'desc'],
] as const;

/** A page of the log of a student who is decided already, or of nobody. */
async function logOf(
  ctx: Context,
  studentNo: string,
  args: PageArgs,
  filter?: AccessLogFilter,
): Promise<Connection<AccessEvent>> {
  const numbers = studentNo === NO_STUDENT ? [studentNo] : await numbersOf(ctx, studentNo);
  const where = [
    { studentNo: numbers.length > 1 ? { $in: numbers } : studentNo },
    ...filterClauses(filter),
    ...rowClauses(ctx, accessRows, studentNo),
  ];
  const list = { name: `accessLog ${studentNo}`, entity: AccessEvent, order: LATEST_FIRST };
  const found = await page(ctx, { ...list, where, filter }, args);
  // Written under a number that he had before, it is about him all the same (F-07).
  for (const event of found.nodes) event.studentNo = studentNo;
  return found;
}

@Resolver(() => AccessEvent)
export class AccessEventResolver {
  @Privacy('ACCESS_LOG')
  @Query(() => AccessEventConnection, {
    nullable: true,
    description: 'Who requested data of the caller himself, the latest first; staff see none.',
  })
  async myAccessLog(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<AccessEvent>> {
    const { studentNo } = ctx.identity;
    if (!studentNo) return logOfNone;
    await openStudent(ctx, studentNo);
    return logOf(ctx, studentNo, args);
  }

  @Privacy('ACCESS_LOG')
  @Query(() => AccessEventConnection, {
    nullable: true,
    description:
      'Who requested data of one student; without one, lists and refused requests that name nobody.',
  })
  async accessLog(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => AccessLogFilter, { nullable: true }) filter: AccessLogFilter | undefined,
    @Ctx() ctx: Context,
  ): Promise<Connection<AccessEvent>> {
    if (!filter?.studentNo) {
      await decideNobody(ctx);
      return logOf(ctx, NO_STUDENT, args, filter);
    }
    const { studentNo } = await openStudent(ctx, filter.studentNo);
    return logOf(ctx, studentNo, args, filter);
  }

  @FieldResolver(() => ID, { nullable: true, description: 'Of whom; null where nobody is named.' })
  studentNo(@Root() { studentNo }: AccessEvent): string | null {
    return studentNo || null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Office and name of the person who requested.',
  })
  actorDisplay(@Root() event: AccessEvent, @Ctx() { identity }: Context): string {
    const shown = shownTo(identity.role, 'ACCESS_LOG', 'AccessEvent', 'actorDisplay');
    return actorDisplay(event, shown !== 'VALUE');
  }

  @FieldResolver(() => [AskedGroup], {
    nullable: true,
    description: 'Groups that were selected; those that the caller may not see are left out.',
  })
  async groups(@Root() { id, studentNo }: AccessEvent, @Ctx() ctx: Context): Promise<AskedGroup[]> {
    const parts = await partsOfEvent(ctx).load(id);
    return groupsOf(parts, (group) => ctx.opens(group, studentNo));
  }

  @FieldResolver(() => Int, { nullable: true, description: 'Of a list: how many stood in it.' })
  async studentCount(@Root() { id }: AccessEvent, @Ctx() ctx: Context): Promise<number | null> {
    return countOf(await partsOfEvent(ctx).load(id));
  }
}

const logOfNone: Connection<AccessEvent> = {
  edges: [],
  nodes: [],
  pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
};

@Resolver(() => Student)
export class StudentAccessResolver {
  @Privacy('ACCESS_LOG')
  @FieldResolver(() => [AccessEvent], {
    nullable: true,
    description: 'Who requested data of the student in the last 30 days, the latest first.',
  })
  accessEvents(@Root() student: Student, @Ctx() ctx: Context): Promise<AccessEvent[]> {
    return recentAccessOf(ctx).load(student.studentNo);
  }
}
