import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { studentByNo } from '../student/student.loader.js';
import { textOf } from '../notify/notice-text.js';
import { Notice, NoticeState } from './notice.entity.js';
import { NoticeDelivery } from './notice-delivery.entity.js';
import { deliveriesOf, noticesOf } from './notice.loader.js';
import { stateOf } from './notice.rules.js';

@Resolver(() => Notice)
export class NoticeResolver {
  @FieldResolver(() => String, { nullable: true, description: 'Office, noun and number of it.' })
  subjectRef(@Root() { subjectSubgraph, subjectTypename, subjectId }: Notice): string {
    return `${subjectSubgraph}:${subjectTypename}:${subjectId}`;
  }

  @FieldResolver(() => String, { nullable: true, description: 'Privacy group of the subject.' })
  subjectGroup(@Root() notice: Notice): string | undefined {
    return notice.subjectGroups[0];
  }

  @FieldResolver(() => NoticeState, { nullable: true })
  state(@Root() notice: Notice): NoticeState {
    return stateOf(notice);
  }

  @FieldResolver(() => String, { nullable: true })
  titleZh(@Root() notice: Notice): string | undefined {
    return textOf(notice, 'zh').title;
  }

  @FieldResolver(() => String, { nullable: true })
  titleEn(@Root() notice: Notice): string | undefined {
    return textOf(notice, 'en').title;
  }

  @FieldResolver(() => String, { nullable: true, description: 'What the notice says, in Chinese.' })
  textZh(@Root() notice: Notice): string | undefined {
    return textOf(notice, 'zh').text;
  }

  @FieldResolver(() => String, { nullable: true, description: 'What the notice says, in English.' })
  textEn(@Root() notice: Notice): string | undefined {
    return textOf(notice, 'en').text;
  }

  @FieldResolver(() => [NoticeDelivery], {
    nullable: true,
    description: 'Messages by other channels that it waits in the portal.',
  })
  async deliveries(
    @Root() { id, studentNo }: Notice,
    @Ctx() ctx: Context,
  ): Promise<NoticeDelivery[]> {
    const deliveries = await deliveriesOf(ctx).load(id);
    return deliveries.map((delivery) => Object.assign(delivery, { studentNo }));
  }

  /** Notices go to students alone as yet; whoever is none has none. */
  @Privacy('NOTICES')
  @Query(() => [Notice], {
    nullable: true,
    description: 'Notices to the caller, the latest first.',
  })
  async myNotices(@Ctx() ctx: Context): Promise<Notice[]> {
    const { studentNo } = ctx.identity;
    if (studentNo === undefined) return [];
    await studentByNo(ctx).load(studentNo);
    return noticesOf(ctx).load(studentNo);
  }
}

@Resolver(() => Student)
export class StudentNoticeResolver {
  @Privacy('NOTICES')
  @FieldResolver(() => [Notice], {
    nullable: true,
    description: 'Notices to the student, the latest first; of an office, those of its matters.',
  })
  notices(@Root() student: Student, @Ctx() ctx: Context): Promise<Notice[]> {
    return noticesOf(ctx).load(student.studentNo);
  }
}
