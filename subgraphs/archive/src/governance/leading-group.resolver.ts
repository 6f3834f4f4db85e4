import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { ownUnit } from '../org/scope.loader.js';
import { staffByNo } from '../staff/staff.loader.js';
import { LeadingGroup } from './leading-group.entity.js';
import { Membership } from './membership.entity.js';

@Resolver(() => LeadingGroup)
export class LeadingGroupResolver {
  @Privacy('GOVERNANCE')
  @Query(() => LeadingGroup, {
    nullable: true,
    description: 'The leading group of today; none while none is set up (G4.1, Z4.1).',
  })
  leadingGroup(@Ctx() ctx: Context): Promise<LeadingGroup | null> {
    const { today } = ctx;
    const where = {
      setUpOn: { $lte: today },
      $or: [{ dissolvedOn: null }, { dissolvedOn: { $gt: today } }],
    };
    return ctx.em.findOne(LeadingGroup, where, { orderBy: { setUpOn: 'desc' } });
  }

  @FieldResolver(() => [Membership], {
    nullable: true,
    description: 'Its members; a unit sees its own seats (note 31).',
  })
  async members(@Root() { groupCode }: LeadingGroup, @Ctx() ctx: Context): Promise<Membership[]> {
    const where = { $and: [{ groupCode }, ...(await ownUnit(ctx, 'GOVERNANCE', 'unit'))] };
    return ctx.em.find(Membership, where, { orderBy: { unit: 'asc', fromOn: 'asc' } });
  }
}

@Resolver(() => Membership)
export class MembershipResolver {
  @FieldResolver(() => String, { nullable: true, description: 'Name of the member.' })
  async name(@Root() { staffNo }: Membership, @Ctx() ctx: Context): Promise<string | null> {
    const [person] = await staffByNo(ctx).load(staffNo);
    return person?.name ?? null;
  }
}
