import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { NO_FIELD, Reads } from '@chengxin/kit/schema/reads';
import { isUuid } from '@chengxin/kit/database/uuid';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { mayAct } from '@chengxin/kit/action/actions';
import { isDrafter } from '../rules/rule-set.predicates.js';
import { pageOfStudents } from '../student/page-of-students.js';
import { Student } from '../student/student.entity.js';
import { studentByNo } from '../student/student.loader.js';
import { GradeSpread, RuleSetBackTest, RuleSetGradeChange } from './back-test.entity.js';

const RuleSetGradeChangeConnection = connectionOf('RuleSetGradeChange', () => RuleSetGradeChange);
const BY_STUDENT = [['studentNo', 'asc']] as const;

@Resolver(() => RuleSetBackTest)
export class BackTestResolver {
  /** For those who draft rule sets and resolve them. */
  @Reads({ version: NO_FIELD })
  @Privacy('GOVERNANCE')
  @Query(() => [RuleSetBackTest], {
    nullable: true,
    description:
      'What grades would be by a rule set, the latest first; for who drafts and resolves it.',
  })
  async ruleSetBackTests(
    @Arg('version', () => ID) version: string,
    @Ctx() ctx: Context,
  ): Promise<RuleSetBackTest[]> {
    if (!isDrafter(ctx.identity)) return [];
    const orderBy = { computedAt: 'desc', id: 'asc' } as const;
    return ctx.em.find(RuleSetBackTest, { ruleSet: version }, { orderBy, limit: 30 });
  }

  @FieldResolver(() => [GradeSpread], {
    nullable: true,
    description: 'In the school, by college and by year of entry; small numbers are hidden.',
  })
  spread(@Root() { spread }: RuleSetBackTest): GradeSpread[] {
    return [...spread];
  }
}

@Resolver(() => RuleSetGradeChange)
export class GradeChangeResolver {
  /** For those who draft rule sets and read grades; a student whose credit has changed since is left out. */
  @Reads({ backTestId: NO_FIELD })
  @Privacy('CREDIT_GRADE')
  @Query(() => RuleSetGradeChangeConnection, {
    nullable: true,
    description: 'Students whose grade a rule set would change, as one back-test found.',
  })
  ruleSetGradeChanges(
    @Arg('backTestId', () => ID) backTestId: string,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<RuleSetGradeChange>> {
    const isOpen = mayAct(ctx.identity.role, 'ruleSet.activate') && isUuid(backTestId);
    const where = [isOpen ? { backTestId, isCurrent: true } : { id: null }];
    const list = {
      name: `ruleSetGradeChanges ${backTestId}`,
      entity: RuleSetGradeChange,
      where,
      order: BY_STUDENT,
    };
    return pageOfStudents<RuleSetGradeChange>(ctx, list, args);
  }

  @FieldResolver(() => Student, { nullable: true, description: 'Whose grade it is.' })
  student(@Root() { studentNo }: RuleSetGradeChange, @Ctx() ctx: Context): Promise<Student> {
    return studentByNo(ctx).load(studentNo);
  }
}
