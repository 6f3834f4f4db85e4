import type { Context } from '@chengxin/kit/call/context';
import { change, type Payload } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Day } from '@chengxin/kit/schema/scalars';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { conductRecord } from '../conduct/conduct-record.noun.js';
import { matterOfficeOf } from '../org/own-office.js';
import {
  requireActive,
  requireGrounds,
  requireListed,
  requireVisible,
  restOn,
} from './basis.loader.js';
import { KeyAttention, KeyAttentionState } from '../supervision/key-attention.entity.js';
import { keyAttention } from '../supervision/key-attention.noun.js';
import { checkUntil, REVIEW_EVERY_DAYS } from './key-attention.rules.js';
import { notifyAttention } from './notify-supervision.js';

@ArgsType()
class ProposeAttentionArgs extends ChangeArgs {
  @Field(() => [ID], { description: 'Active, undisputed records of one student.' })
  recordIds!: string[];

  @Field(() => Day, { description: 'Last day, 12 months on at most.' })
  until!: string;

  @Field(() => [ID], { nullable: true, description: 'Codes of the measure list.' })
  measures?: string[];
}

@ArgsType()
class ReviewAttentionArgs extends RowArgs {
  @Field(() => Boolean, { description: 'Whether it goes on.' })
  goesOn!: boolean;
}

/** Help and supervision for a time (重点关注). Source: Z5.3.2, L-16, 2.4. */
@Resolver(() => KeyAttention)
export class KeyAttentionMutation {
  @Changes(
    'keyAttention.propose',
    keyAttention,
    'Propose key attention for a student of the college; he is notified.',
  )
  proposeKeyAttention(
    @Args(() => ProposeAttentionArgs) args: ProposeAttentionArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const ids = [...new Set(args.recordIds)];
    const [id = '', ...others] = ids;
    const { until, measures = [] } = args;
    return open(
      ctx,
      'keyAttention.propose',
      keyAttention,
      { noun: conductRecord, id },
      args,
      async ({ studentNo }, act) => {
        const { by, today } = act;
        await requireVisible(ctx, others);
        await requireActive(studentNo, ids, act);
        await requireListed('measures', measures, act);
        checkUntil(until, today);
        return {
          sourceOffice: matterOfficeOf(by.role) ?? '',
          from: today,
          until,
          reviewEvery: REVIEW_EVERY_DAYS,
          measures,
          evidence: [],
        };
      },
      async (row, act) => {
        await act.follow((em) => restOn(em, 'key_attention', row, ids));
        await notifyAttention(row, act);
      },
    );
  }

  @Changes('keyAttention.list', keyAttention, 'Put a student under key attention.')
  listKeyAttention(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'keyAttention.list', keyAttention, args, async ({ id, until }, act) => {
      const { by, now, today } = act;
      await requireGrounds('key_attention', id, act);
      checkUntil(until, today);
      return { approvedBy: by.subject, approvedAt: now };
    });
  }

  @Changes('keyAttention.review', keyAttention, 'Look at key attention again: it goes on, or ends.')
  reviewKeyAttention(
    @Args(() => ReviewAttentionArgs) { goesOn, ...args }: ReviewAttentionArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'keyAttention.review', keyAttention, args, (_, { today }) => ({
      reviewedOn: today,
      state: goesOn ? KeyAttentionState.ACTIVE : KeyAttentionState.REMOVED,
    }));
  }
}
