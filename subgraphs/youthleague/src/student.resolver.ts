import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { CadrePost } from './cadre-post.entity.js';
import { cadrePostsOf } from './cadre-post.loader.js';
import { PracticeRecord } from './practice-record.entity.js';
import { practicesOf } from './practice-record.loader.js';
import { Student } from './student.stub.js';
import { VolunteerHours } from './volunteer-hours.entity.js';
import { volunteerHoursOf } from './volunteer-hours.loader.js';

/** What the Youth League knows of a student. */
@Resolver(() => Student)
export class StudentResolver {
  @Privacy('GOOD_CONDUCT')
  @FieldResolver(() => [CadrePost], {
    nullable: true,
    description: 'Posts as a student cadre, the latest first (G6.4).',
  })
  cadrePosts(@Root() student: Student, @Ctx() ctx: Context): Promise<CadrePost[]> {
    return cadrePostsOf(ctx).load(student.studentNo);
  }

  @Privacy('GOOD_CONDUCT')
  @FieldResolver(() => [PracticeRecord], {
    nullable: true,
    description: 'Social practices, the latest first (G6.4).',
  })
  practices(@Root() student: Student, @Ctx() ctx: Context): Promise<PracticeRecord[]> {
    return practicesOf(ctx).load(student.studentNo);
  }

  @Privacy('GOOD_CONDUCT')
  @FieldResolver(() => [VolunteerHours], {
    nullable: true,
    description: 'Hours of volunteer service by term, the latest first (P-07).',
  })
  volunteerHours(@Root() student: Student, @Ctx() ctx: Context): Promise<VolunteerHours[]> {
    return volunteerHoursOf(ctx).load(student.studentNo);
  }
}
