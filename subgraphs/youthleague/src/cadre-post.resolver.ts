import { orderedOwnList } from '@chengxin/kit/read/own-list';
import { Reads } from '@chengxin/kit/schema/reads';
import { BY_STUDENT, RosterFilter } from '@chengxin/kit/read/roster';
import { Field, FieldResolver, InputType, Resolver, Root } from 'type-graphql';
import { CadreAppraisal, CadreLevel, CadrePost } from './cadre-post.entity.js';
import { cadrePostRows } from './cadre-post.loader.js';
import { Student } from './student.stub.js';
import { YouthRecordState } from './youth-record.state.js';

@InputType()
class CadrePostFilter {
  @Field(() => RosterFilter, { nullable: true })
  student?: RosterFilter;

  @Reads('CadrePost.org')
  @Field(() => String, { nullable: true })
  org?: string;

  @Reads('CadrePost.level')
  @Field(() => CadreLevel, { nullable: true })
  level?: CadreLevel;

  @Reads('CadrePost.appraisal')
  @Field(() => CadreAppraisal, { nullable: true })
  appraisal?: CadreAppraisal;

  @Reads('CadrePost.state')
  @Field(() => YouthRecordState, { nullable: true })
  state?: YouthRecordState;
}

export const CadrePostList = orderedOwnList({
  name: 'cadrePosts',
  noun: 'CadrePost',
  entity: CadrePost,
  group: 'GOOD_CONDUCT',
  description: 'Cadre posts, for the Youth League alone (G6.4).',
  filter: CadrePostFilter,
  equal: ['org', 'level', 'appraisal', 'state'],
  rows: cadrePostRows,
  orderDescription: 'Order of a list of cadre posts: the latest first, or by class and student.',
  orders: {
    FROM: [
      ['from', 'desc'],
      ['id', 'asc'],
    ],
    STUDENT: BY_STUDENT,
  },
});

@Resolver(() => CadrePost)
export class CadrePostResolver {
  @FieldResolver(() => Student, { nullable: true, description: 'Who held the post.' })
  student(@Root() cadrePost: CadrePost): Student {
    return { studentNo: cadrePost.studentNo };
  }
}
