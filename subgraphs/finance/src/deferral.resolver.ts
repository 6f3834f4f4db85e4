import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { equalClauses, rosterClauses, RosterFilter } from '@chengxin/kit/read/roster';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Deferral } from './deferral.entity.js';
import { Student } from './student.stub.js';

const DeferralConnection = connectionOf('Deferral', () => Deferral);
const ORDER = [
  ['until', 'desc'],
  ['id', 'asc'],
] as const;

@InputType()
class DeferralFilter {
  @Field(() => RosterFilter, { nullable: true })
  student?: RosterFilter;

  @Reads('Deferral.billNo')
  @Field(() => ID, { nullable: true })
  billNo?: string;
}

@Resolver(() => Deferral)
export class DeferralResolver {
  @Privacy('TUITION', { own: true })
  @Query(() => DeferralConnection, { nullable: true, description: 'Deferrals, for finance alone.' })
  deferrals(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => DeferralFilter, { nullable: true }) filter: DeferralFilter | undefined,
    @Ctx() ctx: Context,
  ): Promise<Connection<Deferral>> {
    const where = [...rosterClauses(filter?.student), ...equalClauses(filter, ['billNo'])];
    return page(ctx, { name: 'deferrals', entity: Deferral, where, filter, order: ORDER }, args);
  }

  @FieldResolver(() => Student, { nullable: true, description: 'Whose deferral it is.' })
  student(@Root() deferral: Deferral): Student {
    return { studentNo: deferral.studentNo };
  }
}
