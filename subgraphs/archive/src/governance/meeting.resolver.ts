import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { ownUnit } from '../org/scope.loader.js';
import { AgendaItem } from './agenda-item.entity.js';
import { agendaOf, resolutionsOf } from './governance.loader.js';
import { Meeting } from './meeting.entity.js';
import { Resolution } from './resolution.entity.js';

@Resolver(() => Meeting)
export class MeetingResolver {
  @Reads({ year: 'Meeting.heldOn' })
  @Privacy('GOVERNANCE')
  @Query(() => [Meeting], {
    nullable: true,
    description: 'Meetings of the leading group of a year; a unit sees what it organises (Z4.2).',
  })
  async meetings(@Arg('year', () => Int) year: number, @Ctx() ctx: Context): Promise<Meeting[]> {
    const where = { $and: [{ year }, ...(await ownUnit(ctx, 'GOVERNANCE', 'organiser'))] };
    return ctx.em.find(Meeting, where, { orderBy: { plannedOn: 'asc', meetingId: 'asc' } });
  }

  @FieldResolver(() => [AgendaItem], { nullable: true })
  agenda(@Root() { meetingId }: Meeting, @Ctx() ctx: Context): Promise<AgendaItem[]> {
    return agendaOf(ctx).load(meetingId);
  }

  @FieldResolver(() => [Resolution], { nullable: true })
  resolutions(@Root() { meetingId }: Meeting, @Ctx() ctx: Context): Promise<Resolution[]> {
    return resolutionsOf(ctx).load(meetingId);
  }
}
