import type { Context } from '@chengxin/kit/call/context';
import { change, type Payload, type Step } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Day } from '@chengxin/kit/schema/scalars';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { execute } from '@chengxin/kit/database/orm';
import type { Bill } from './bill.entity.js';
import { bill } from './bill.noun.js';
import { Deferral } from './deferral.entity.js';
import { deferral } from './deferral.noun.js';
import { approved, refused, requested, withdrawn, type Owed, type Wish } from './deferral.rules.js';

@ArgsType()
class DeferralArgs extends ChangeArgs {
  @Field(() => ID, { description: 'Number of the bill.' })
  billNo!: string;

  @Field(() => Day, { description: 'Last day of the deferral.' })
  until!: string;
}

@ArgsType()
class ApproveDeferralArgs extends RowArgs {
  @Field(() => Day, {
    nullable: true,
    description: 'An earlier last day than the requested one.',
  })
  until?: string;
}

const OWED = `
  select (b.amount_fen - coalesce(sum(p.amount_fen), 0))::int as "owedFen"
  from bill b left join payment p using (bill_no) where b.bill_no = ? group by b.bill_no, b.amount_fen`;

/** A deferral of a bill, by what is owed of it now. */
const requestOf =
  (wish: Wish): Step<Deferral, Bill> =>
  async (row, act) => {
    const [owed] = await act.follow((em) => execute<Owed>(em, OWED, [row.billNo]));
    return requested(wish)(row, owed ?? { owedFen: 0 }, act);
  };

/** Leave to pay a bill later (缓交). Source: T-01, DOMAIN 3.8. */
@Resolver(() => Deferral)
export class DeferralMutation {
  @Changes('deferral.request', deferral, 'Ask to pay an own bill later (缓交).')
  requestDeferral(
    @Args(() => DeferralArgs) args: DeferralArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const on = { noun: bill, id: args.billNo };
    return open(ctx, 'deferral.request', deferral, on, args, requestOf(args));
  }

  @Changes('deferral.propose', deferral, 'Propose a deferral that was requested on paper (缓交).')
  proposeDeferral(
    @Args(() => DeferralArgs) args: DeferralArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const on = { noun: bill, id: args.billNo };
    return open(ctx, 'deferral.propose', deferral, on, args, requestOf(args));
  }

  @Changes('deferral.approve', deferral, 'Approve a requested deferral.')
  approveDeferral(
    @Args(() => ApproveDeferralArgs) args: ApproveDeferralArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'deferral.approve', deferral, args, approved(args));
  }

  @Changes('deferral.refuse', deferral, 'Refuse a requested deferral.')
  refuseDeferral(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'deferral.refuse', deferral, args, refused);
  }

  @Changes('deferral.withdraw', deferral, 'Take back an own request that nobody has decided.')
  withdrawDeferral(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'deferral.withdraw', deferral, args, withdrawn);
  }
}
