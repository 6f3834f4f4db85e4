import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { change, type Payload } from '@chengxin/kit/change/door';
import { make } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Day, Instant } from '@chengxin/kit/schema/scalars';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { AdminGrant } from './admin-grant.entity.js';
import { adminGrant, trainingSession, transferNotice } from './admin-grant.noun.js';
import {
  delegated,
  endedAt,
  requested,
  requireOrg,
  trained,
  transferred,
} from './admin-grant.rules.js';
import {
  delegationsOf,
  namedFacts,
  otherGrantsInOrg,
  ownOf,
  trainingOf,
} from './grant-facts.loader.js';
import { requireOwnOrg } from './own-org.js';

@ArgsType()
class GrantArgs extends ChangeArgs {
  @Field(() => ID, { description: 'Who is to hold it; never the actor.' })
  staffNo!: string;

  @Field(() => ID, { description: 'Org in which it is held, with all below it.' })
  orgCode!: string;

  @Field(() => Instant, { nullable: true, description: 'From when; now, when nothing is said.' })
  validFrom?: string;

  @Field(() => Instant, { nullable: true, description: 'End, not included.' })
  validTo?: string;
}

@ArgsType()
class RequestGrantArgs extends GrantArgs {
  @Field(() => String, { description: 'Role: SCHOOL_ADMIN, COUNSELLOR, …' })
  role!: string;
}

@ArgsType()
class TransferStaffArgs extends RowArgs {
  @Field(() => Instant, { description: 'From then on no grant in the old org holds.' })
  effectiveAt!: string;

  @Field(() => ID, { nullable: true, description: 'New org; none for who leaves the school.' })
  toOrg?: string;
}

@ArgsType()
class RecordTrainingArgs extends ChangeArgs {
  @Field(() => ID)
  staffNo!: string;

  @Field(() => String, { description: 'What was taught.' })
  title!: string;

  @Field(() => Day)
  passedOn!: string;
}

/** What was delegated of a grant that ends now ends with it (G18.2). */
async function endDelegations({ id }: AdminGrant, { now, follow, also }: Act): Promise<void> {
  const delegations = await follow((em) => delegationsOf(em, [id], now));
  for (const one of delegations)
    await also(adminGrant, one, (row) => endedAt(row, now), 'grant.end');
}

/** Every grant that the person has in the org that he leaves, and below it, ends alike, and what he delegated. */
async function transferAll(grant: AdminGrant, { toOrg, ...args }: TransferStaffArgs, act: Act) {
  const { now, follow, also, alsoMake } = act;
  const { staffNo, orgCode: fromOrg } = grant;
  const others = await follow((em) => otherGrantsInOrg(em, grant));
  const delegations = await follow((em) => delegationsOf(em, [grant.id, ...others], now));
  const effectiveAt = new Date(args.effectiveAt);
  if (toOrg !== undefined)
    requireOrg(await follow((em) => namedFacts(em, { staffNo, orgCode: toOrg })));
  const changes = transferred(grant, { effectiveAt, toOrg, now });
  const end = (row: AdminGrant) => transferred(row, { effectiveAt, now });
  for (const id of [...others, ...delegations]) await also(adminGrant, id, end, 'staff.transfer');
  const notice = { staffNo, fromOrg, effectiveAt, ...(toOrg !== undefined && { toOrg }) };
  await alsoMake(transferNotice, [notice], 'staff.transfer');
  return changes;
}

/** Roles that are held from–to in an org (G18): requested, approved by another person, ended in time. */
@Resolver(() => AdminGrant)
export class AdminGrantMutation {
  @Changes('grant.request', adminGrant, 'Request a role in an org for somebody else.')
  requestGrant(
    @Args(() => RequestGrantArgs) args: RequestGrantArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return make(ctx, 'grant.request', adminGrant, args, async (act) => {
      const wanted = requested(args, await act.follow((em) => namedFacts(em, args)), act.now);
      await requireOwnOrg('orgCode', wanted, act);
      return wanted;
    });
  }

  @Changes('grant.delegate', adminGrant, 'Request the own role for somebody else, for a leave.')
  delegateGrant(@Args(() => GrantArgs) args: GrantArgs, @Ctx() ctx: Context): Promise<Payload> {
    return make(ctx, 'grant.delegate', adminGrant, args, async (act) => {
      const { by, now, follow } = act;
      const { subject, role } = by;
      const facts = {
        ...(await follow((em) => namedFacts(em, args))),
        ...(await follow((em) => ownOf(em, { subject, role, orgCode: args.orgCode }, now))),
      };
      const wanted = delegated(by, args, facts, now);
      await requireOwnOrg('orgCode', wanted, act);
      return wanted;
    });
  }

  @Changes('grant.approve', adminGrant, 'Approve a requested grant, as a second person.')
  grantAdmin(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'grant.approve', adminGrant, args, async (grant, act) => {
      const { by, now, follow } = act;
      const trainingId = await follow((em) => trainingOf(em, grant.staffNo, now));
      return { grantedBy: by.subject, approvedAt: now, ...(trainingId && { trainingId }) };
    });
  }

  @Changes('grant.decline', adminGrant, 'Decline a requested grant, as a second person.')
  declineGrant(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'grant.decline', adminGrant, args, () => ({}));
  }

  @Changes('grant.withdraw', adminGrant, 'Take back an own request of a grant.')
  withdrawGrant(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'grant.withdraw', adminGrant, args, () => ({}));
  }

  @Changes('grant.suspend', adminGrant, 'Suspend a grant at once.')
  suspendGrant(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'grant.suspend', adminGrant, args, async (grant, act) => {
      await endDelegations(grant, act);
      return {};
    });
  }

  @Changes('grant.end', adminGrant, 'End a grant at once.')
  endGrant(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'grant.end', adminGrant, args, async (grant, act) => {
      await endDelegations(grant, act);
      return endedAt(grant, act.now);
    });
  }

  @Changes(
    'staff.transfer',
    adminGrant,
    'Transfer a member of staff: his grants in the old org end.',
  )
  transferStaff(
    @Args(() => TransferStaffArgs) args: TransferStaffArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'staff.transfer', adminGrant, args, (grant, act) =>
      transferAll(grant, args, act),
    );
  }

  @Changes('training.record', trainingSession, 'Record that somebody passed the training (G5.2).')
  recordTraining(
    @Args(() => RecordTrainingArgs) args: RecordTrainingArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return make(ctx, 'training.record', trainingSession, args, async ({ today, follow }) =>
      trained(args, await follow((em) => namedFacts(em, args)), today),
    );
  }
}
