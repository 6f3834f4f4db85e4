import type { Context } from '@chengxin/kit/call/context';
import { change, type Payload } from '@chengxin/kit/change/door';
import { invalid } from '@chengxin/kit/change/errors';
import { Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, Resolver } from 'type-graphql';
import { Warning, WarningState } from '../supervision/warning.entity.js';
import { warning } from '../supervision/warning.noun.js';

const ACTIONS_AT_MOST = 10;
const ACTION_CODE = /^[A-Z][A-Z0-9_]{1,29}$/;

@ArgsType()
class HandleWarningArgs extends RowArgs {
  @Field(() => [String], { description: 'What is done, by code: TALK, PLAN, PROOF_REVIEW.' })
  actions!: string[];
}

@ArgsType()
class ResolveWarningArgs extends RowArgs {
  @Field(() => Boolean, { description: 'Whether it goes on to Student Affairs instead.' })
  escalate!: boolean;
}

/** @throws VALIDATION */
function checkActions(actions: readonly string[]): void {
  const isSound = actions.length > 0 && actions.length <= ACTIONS_AT_MOST;
  if (!isSound || !actions.every((one) => ACTION_CODE.test(one)))
    throw invalid(
      'actions',
      `请填写 1 至 ${ACTIONS_AT_MOST} 个措施代码。 One to ${ACTIONS_AT_MOST} codes of what is done.`,
    );
}

/** Early warnings in the hands of those who handle them (失信预警). Source: Z3.2b, DOMAIN 4.7. */
@Resolver(() => Warning)
export class WarningMutation {
  @Changes('warning.acknowledge', warning, 'Take note of a warning.')
  acknowledgeWarning(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'warning.acknowledge', warning, args, (_, { by }) => ({
      handlerNo: by.subject,
    }));
  }

  @Changes('warning.handle', warning, 'Say what is done about a warning.')
  handleWarning(
    @Args(() => HandleWarningArgs) { actions, ...args }: HandleWarningArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'warning.handle', warning, args, (_, { by }) => {
      checkActions(actions);
      return { handlerNo: by.subject, actions };
    });
  }

  @Changes('warning.resolve', warning, 'Resolve a warning, or hand it on to Student Affairs.')
  resolveWarning(
    @Args(() => ResolveWarningArgs) { escalate, ...args }: ResolveWarningArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'warning.resolve', warning, args, () =>
      escalate
        ? { state: WarningState.ESCALATED, handlerOffice: 'SAO' }
        : { state: WarningState.RESOLVED },
    );
  }
}
