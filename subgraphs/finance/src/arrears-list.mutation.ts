import type { Context } from '@chengxin/kit/call/context';
import { change, type After, type Payload } from '@chengxin/kit/change/door';
import { make } from '@chengxin/kit/change/make-row';
import { ChangeErrorCode, changeFault } from '@chengxin/kit/change/errors';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { requestNotices } from '@chengxin/kit/feed/notice';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { ArrearsList } from './arrears-list.entity.js';
import { addLines, unexplainedAt, type Unexplained } from './arrears-list.loader.js';
import { arrearsList } from './arrears-list.noun.js';
import { bill } from './bill.noun.js';

const NOBODY_OWES = '没有需要列入名单的欠费。 No bill is overdue without an explanation.';
const LATEST = 50;

/**
 * W-07: each student is told of his bill and pointed to deferral, loan and hardship help, once of each
 * bill. Whoever has paid or explained it since it was listed is not told.
 */
const tell: After<ArrearsList> = ({ id }, { today, follow }) =>
  follow(async (em, now) => {
    const bills = await unexplainedAt(em, today, id);
    const subjects = bills.map(({ billNo, studentNo }) => ({ id: billNo, studentNo }));
    await requestNotices(
      em,
      now,
      { type: bill.name, kind: 'ARREARS', groups: ['TUITION'] },
      subjects,
    );
  });

/** The list of students in arrears (欠费名单). Source: G6.3, T-01, W-07. */
@Resolver(() => ArrearsList)
export class ArrearsListMutation {
  @Privacy('TUITION', { own: true })
  @Query(() => [ArrearsList], {
    nullable: true,
    description: 'Lists of arrears, the latest first, for finance alone (G6.3).',
  })
  arrearsLists(@Ctx() ctx: Context): Promise<ArrearsList[]> {
    const latest = { orderBy: { recordedAt: 'desc', id: 'asc' }, limit: LATEST } as const;
    return ctx.em.find(ArrearsList, {}, { ...latest, disableIdentityMap: true });
  }

  @Changes('arrearsList.publish', arrearsList, 'Draw up the list of arrears, for approval (G6.3).')
  publishArrearsList(
    @Args(() => ChangeArgs) args: ChangeArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    let bills: Unexplained[] = [];
    return make(
      ctx,
      'arrearsList.publish',
      arrearsList,
      args,
      async ({ today, follow }) => {
        bills = await follow((em) => unexplainedAt(em, today));
        if (!bills.length) throw changeFault(ChangeErrorCode.STATE_CONFLICT, NOBODY_OWES);
        return { asOn: today };
      },
      ({ id }, { follow }) => follow((em) => addLines(em, id, bills)),
    );
  }

  @Changes('arrearsList.approve', arrearsList, 'Publish a list of arrears; its students are told.')
  approveArrearsList(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    const step = (_: ArrearsList, { by, now }: { by: { subject: string }; now: Date }) => ({
      approvedBy: by.subject,
      approvedAt: now,
    });
    return change(ctx, 'arrearsList.approve', arrearsList, args, step, tell);
  }
}
