import { randomUUID } from 'node:crypto';
import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { change, type Payload } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, ID, Resolver, type ClassType } from 'type-graphql';
import { archive } from '../life-cycle/archive.noun.js';
import { followDelivery, lastDayOf, type OnDelivered } from './deliver-notices.job.js';
import { Notice } from './notice.entity.js';
import { notice } from './notice.noun.js';
import { publishStanding } from './notice.publish.js';
import { acknowledged, published, stated } from './notice.rules.js';

@ArgsType()
class StatementArgs extends RowArgs {
  @Field(() => String, { description: 'What the student states; the deciding office reads it.' })
  statement!: string;
}

@ArgsType()
class PublishNoticeArgs extends ChangeArgs {
  @Field(() => ID, { description: 'Student whom it is sent to.' })
  studentNo!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String)
  text!: string;
}

/** Whoever acknowledges one that is still on its way has it: what follows a delivery follows. */
async function afterAcknowledging(row: Notice, act: Act, onDelivered: OnDelivered): Promise<void> {
  await publishStanding(row, act);
  if (row.deliveredAt?.getTime() === act.now.getTime()) await followDelivery(row, act, onDelivered);
}

/**
 * Notices to students, and what they answer (通知): a resolver class for the archive. Source: F-01,
 * L-07, L-10.
 */
export function noticeMutation(onDelivered: OnDelivered): ClassType {
  @Resolver(() => Notice)
  class NoticeMutation {
    @Changes('notice.publish', notice, 'Send a notice to a student.')
    publishNotice(
      @Args(() => PublishNoticeArgs) args: PublishNoticeArgs,
      @Ctx() ctx: Context,
    ): Promise<Payload> {
      const on = { noun: archive, id: args.studentNo };
      return open(ctx, 'notice.publish', notice, on, args, published(args, randomUUID()));
    }

    @Changes('notice.acknowledge', notice, 'Acknowledge a notice to oneself.')
    acknowledgeNotice(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
      return change(
        ctx,
        'notice.acknowledge',
        notice,
        args,
        async (row, act) => acknowledged(await lastDayOf(ctx, row))(row, act),
        (row, act) => afterAcknowledging(row, act, onDelivered),
      );
    }

    @Changes(
      'statement.file',
      notice,
      'State one’s view before something about oneself is decided.',
    )
    fileStatement(
      @Args(() => StatementArgs) args: StatementArgs,
      @Ctx() ctx: Context,
    ): Promise<Payload> {
      return change(ctx, 'statement.file', notice, args, stated(args.statement), publishStanding);
    }
  }
  return NoticeMutation;
}
