import type { Context } from '@chengxin/kit/call/context';
import { change, type Payload } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes } from '@chengxin/kit/change/payload';
import type { Changes as Changed } from '@chengxin/kit/change/write-row';
import { Args, ArgsType, Ctx, Field, ID, Int, Resolver } from 'type-graphql';
import { LevelConfig } from './level-config.entity.js';
import { levelConfig, org } from './level-config.noun.js';
import { framed, set } from './level-config.rules.js';

@ArgsType()
class LevelArgs extends ChangeArgs {
  @Field(() => ID)
  orgCode!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Version that was seen; none where nothing is configured yet.',
  })
  expectedVersion?: number;

  @Field(() => Int, { description: 'The org itself, and how far below it: 1 to 3.' })
  levels!: number;

  @Field(() => Int, { description: 'Administrators of the org itself, at most.' })
  seats!: number;
}

type Step = (row: Partial<LevelConfig>) => Changed<LevelConfig>;

/** Make the configuration of an org, or change the one that was seen. */
function configure(ctx: Context, action: string, args: LevelArgs, step: Step): Promise<Payload> {
  const { orgCode, expectedVersion } = args;
  if (expectedVersion !== undefined)
    return change(ctx, action, levelConfig, { ...args, id: orgCode, expectedVersion }, step);
  const on = { noun: org, id: orgCode };
  return open(ctx, action, levelConfig, on, args, () => ({ orgCode, ...step({}) }));
}

/** Levels and seats of administrators (分级管理). Source: G17, G18.1. */
@Resolver(() => LevelConfig)
export class LevelConfigMutation {
  @Changes(
    'level.configure',
    levelConfig,
    'Say for the school how many levels and seats an org may have.',
  )
  configureLevels(@Args(() => LevelArgs) args: LevelArgs, @Ctx() ctx: Context): Promise<Payload> {
    return configure(ctx, 'level.configure', args, framed(args));
  }

  @Changes('level.set', levelConfig, 'Set levels and seats of an own org, within its frame.')
  setLevelConfig(@Args(() => LevelArgs) args: LevelArgs, @Ctx() ctx: Context): Promise<Payload> {
    return configure(ctx, 'level.set', args, set(args));
  }
}
