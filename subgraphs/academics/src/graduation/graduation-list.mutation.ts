import type { Context } from '@chengxin/kit/call/context';
import type { Payload } from '@chengxin/kit/change/door';
import { make } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes } from '@chengxin/kit/change/payload';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Args, ArgsType, Ctx, Field, Query, Resolver } from 'type-graphql';
import type { Graduation } from './graduation.entity.js';
import { graduation } from './graduation.noun.js';
import { publishGraduations } from './graduation.publish.js';
import { GraduationList } from './graduation-list.entity.js';
import { lockListable, type Listable } from './graduation-list.loader.js';
import { graduationList } from './graduation-list.noun.js';
import { publishedList } from './graduation-list.rules.js';

const ACTION = 'graduationList.publish';
const LATEST = 50;

@ArgsType()
class GraduationListArgs extends ChangeArgs {
  @Field(() => Day, { description: 'Day of the graduation.' })
  graduationOn!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Number of the document by which the school decided.',
  })
  decisionDocNo?: string;
}

/** The graduation list (毕业名单), by which archives are closed. Source: G10.1, DOMAIN 2.4. */
@Resolver(() => GraduationList)
export class GraduationListMutation {
  @Privacy('ACADEMIC_SUMMARY', { own: true })
  @Query(() => [GraduationList], {
    nullable: true,
    description: 'Graduation lists, the latest first, for academic affairs alone (G10.1).',
  })
  graduationLists(@Ctx() ctx: Context): Promise<GraduationList[]> {
    const latest = { orderBy: { recordedAt: 'desc', id: 'asc' }, limit: LATEST } as const;
    return ctx.em.find(GraduationList, {}, { ...latest, disableIdentityMap: true });
  }

  @Changes(ACTION, graduationList, 'Publish who graduates on a day and stands on no list yet.')
  publishGraduationList(
    @Args(() => GraduationListArgs) args: GraduationListArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    let lines: Listable[] = [];
    return make(
      ctx,
      ACTION,
      graduationList,
      args,
      async (act) => {
        lines = await act.follow((em) => lockListable(em, args.graduationOn));
        return publishedList(args, lines, act);
      },
      async ({ id: listId }, act) => {
        await act.alsoAll(graduation, lines as Graduation[], { listId }, ACTION);
        await act.follow((em, now) => publishGraduations(em, now, listId));
      },
    );
  }
}
