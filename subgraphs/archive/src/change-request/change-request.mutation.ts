import type { Context } from '@chengxin/kit/call/context';
import { change, type Payload } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { student } from '../student/student.noun.js';
import { ChangeRequest, ChangeRequestState } from './change-request.entity.js';
import { changeRequest } from './change-request.noun.js';
import { decidedChange, requestedChange } from './change-request.rules.js';
import { CHANGE_TARGETS, ChangeTarget } from './change-target.js';
import { requireHeld } from './held-fact.loader.js';

@ArgsType()
class RequestChangeArgs extends ChangeArgs {
  @Field(() => ID)
  studentNo!: string;

  @Field(() => ChangeTarget)
  targetKind!: ChangeTarget;

  @Field(() => ID, { description: 'Number that the fact has in its office.' })
  targetId!: string;

  @Field(() => String, { description: 'What is to be changed, and into what.' })
  requested!: string;

  @Field(() => String, { description: 'Number of the document that it rests on (G20.1).' })
  docNo!: string;
}

@ArgsType()
class DecideChangeArgs extends RowArgs {
  @Field(() => ChangeRequestState, { description: 'ACCEPTED or REFUSED.' })
  decision!: ChangeRequestState;

  @Field(() => String, { description: 'Why; whoever filed the request reads it.' })
  decisionText!: string;
}

/** Administrators ask, the office that owns the fact decides (变更申请). Source: T-02, G20.1. */
@Resolver(() => ChangeRequest)
export class ChangeRequestMutation {
  @Changes(
    'change.request',
    changeRequest,
    'Ask the office that owns a fact to change it, on a document.',
  )
  requestChange(
    @Args(() => RequestChangeArgs) args: RequestChangeArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const groups = [CHANGE_TARGETS[args.targetKind].group];
    const on = { noun: student, id: args.studentNo, groups };
    return open(ctx, 'change.request', changeRequest, on, args, async (row, act) => {
      await requireHeld(args, act);
      return requestedChange(args)(row, act);
    });
  }

  @Changes(
    'change.decide',
    changeRequest,
    'Decide, for the office that owns the fact, on a request for its change.',
  )
  decideChange(
    @Args(() => DecideChangeArgs) args: DecideChangeArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const { decision, decisionText } = args;
    const step = decidedChange(decision, decisionText);
    return change(ctx, 'change.decide', changeRequest, args, step);
  }
}
