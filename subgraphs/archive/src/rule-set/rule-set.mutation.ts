import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { change, type Payload } from '@chengxin/kit/change/door';
import { make } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { execute } from '@chengxin/kit/database/orm';
import { isUuid } from '@chengxin/kit/database/uuid';
import { Day } from '@chengxin/kit/schema/scalars';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { dueAfterWorkingDays } from '../calendar/working-days.js';
import { readRuleSet } from '../credit/rule-set.js';
import { RULE_SET } from '../rules/indicator.loader.js';
import { RuleSetState, RuleSetVersion } from '../rules/rule-set.entity.js';
import { ruleSet } from './rule-set.noun.js';
import {
  activated,
  COMMENT_WORKING_DAYS,
  draftedSet,
  openedForComment,
  resolved,
  type NamedBackTest,
  type PassedResolution,
} from './rule-set.rules.js';

@ArgsType()
class DraftRuleSetArgs extends ChangeArgs {
  @Field(() => ID, {
    description: 'Of the form CR-2026.2; a draft that is mended is another version.',
  })
  ruleSetVersion!: string;

  @Field(() => String, {
    description:
      'All numbers, as JSON of the form of `parameters`; `dimensionCaps` and `indicators` for those that differ.',
  })
  parameters!: string;
}

@ArgsType()
class OpenRuleSetCommentArgs extends RowArgs {
  @Field(() => Day, {
    nullable: true,
    description: 'Last day for comments; the tenth working day, if none.',
  })
  until?: string;
}

@ArgsType()
class ApproveRuleSetArgs extends RowArgs {
  @Field(() => ID, { description: 'Resolution of a meeting held after the comments.' })
  resolutionNo!: string;
}

@ArgsType()
class ActivateRuleSetArgs extends RowArgs {
  @Field(() => ID, { description: 'Back-test against the set in force, within thirty days.' })
  backTestId!: string;

  @Field(() => Day, { description: 'First day on which it scores.' })
  effectiveFrom!: string;
}

const RESOLUTION = `
  select m.meeting_id as "meetingId", m.held_on::text as "heldOn"
  from resolution r join meeting m using (meeting_id) where r.resolution_no = ?`;

async function passed({ follow }: Act, resolutionNo: string) {
  const [found] = await follow((em) => execute<PassedResolution>(em, RESOLUTION, [resolutionNo]));
  return found;
}

const TEST = `
  select rule_set as "ruleSet", sha256, compared_with as "comparedWith", on_day::text as "onDay"
  from rule_set_back_test where id = ?::uuid`;

async function namedTest({ follow }: Act, id: string): Promise<NamedBackTest | undefined> {
  if (!isUuid(id)) return undefined;
  const [found] = await follow((em) => execute<NamedBackTest>(em, TEST, [id]));
  return found;
}

/** One set scores at a time: the latest is locked by whoever activates another. */
const IN_FORCE = `
  select id from rule_set where state in ('ACTIVE', 'RETIRED')
  order by effective_from desc limit 1 for no key update`;

async function setInForce({ follow }: Act): Promise<RuleSetVersion> {
  const found = await follow(async (em) => {
    const [row] = await execute<{ id: string }>(em, IN_FORCE);
    return em.findOne(RuleSetVersion, { id: row?.id ?? null } as never, {
      disableIdentityMap: true,
    });
  });
  if (!found) throw new Error('No rule set is in force.');
  return found;
}

/** The numbers of the evaluation: drafted, commented on, resolved, activated (评价规则). Source: 4.8. */
@Resolver(() => RuleSetVersion)
export class RuleSetMutation {
  @Changes(
    'ruleSet.draft',
    ruleSet,
    'Draft the numbers of the evaluation; what is drafted never changes.',
  )
  draftRuleSet(
    @Args(() => DraftRuleSetArgs) args: DraftRuleSetArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return make(ctx, 'ruleSet.draft', ruleSet, args, () => draftedSet(readRuleSet(RULE_SET), args));
  }

  @Changes(
    'ruleSet.openComment',
    ruleSet,
    'Open a draft to comments in school, ten working days at least.',
  )
  openRuleSetComment(
    @Args(() => OpenRuleSetCommentArgs) args: OpenRuleSetCommentArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'ruleSet.openComment', ruleSet, args, async (_, act) =>
      openedForComment(
        args.until,
        await dueAfterWorkingDays(ctx.em, act.today, COMMENT_WORKING_DAYS),
        act,
      ),
    );
  }

  @Changes(
    'ruleSet.approve',
    ruleSet,
    'Approve a rule set as a meeting of the leading group resolved.',
  )
  approveRuleSet(
    @Args(() => ApproveRuleSetArgs) args: ApproveRuleSetArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'ruleSet.approve', ruleSet, args, async (row, act) =>
      resolved(row, args.resolutionNo, await passed(act, args.resolutionNo), act),
    );
  }

  @Changes(
    'ruleSet.activate',
    ruleSet,
    'Let an approved and back-tested rule set score from a day on.',
  )
  activateRuleSet(
    @Args(() => ActivateRuleSetArgs) args: ActivateRuleSetArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'ruleSet.activate', ruleSet, args, async (row, act) => {
      const inForce = await setInForce(act);
      const test = await namedTest(act, args.backTestId);
      const changes = activated(row, args, { test, inForce }, act);
      if (inForce.state === RuleSetState.ACTIVE)
        await act.also(ruleSet, inForce.id, () => ({}), 'ruleSet.retire');
      return changes;
    });
  }
}
