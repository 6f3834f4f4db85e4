import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { GraduationRemark } from './graduation-remark.entity.js';
import { remarksOf } from './graduation-remark.loader.js';

@Resolver(() => Student)
export class StudentGraduationRemarkResolver {
  @Privacy('GRADUATION_REMARK')
  @FieldResolver(() => GraduationRemark, {
    nullable: true,
    description:
      'The remark at graduation, once it is issued; before, for those who sign it (毕业评语, G8.3).',
  })
  async graduationRemark(
    @Root() student: Student,
    @Ctx() ctx: Context,
  ): Promise<GraduationRemark | undefined> {
    const [remark] = await remarksOf(ctx).load(student.studentNo);
    return remark;
  }
}
