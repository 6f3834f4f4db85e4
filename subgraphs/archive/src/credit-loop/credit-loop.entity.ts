import { Privacy } from '@chengxin/kit/schema/guard';
import { Field, ID, ObjectType } from 'type-graphql';

/** One link of the closed loop (闭环): two items of a student that belong together. Source: Z2.2. */
@ObjectType({
  description:
    'Two items of the closed loop that belong together: two of the numbers are set (Z2.2).',
})
export class CreditLoop {
  studentNo!: string;

  @Privacy('COMMITMENTS')
  @Field(() => ID, { nullable: true, description: 'A commitment (信用承诺).' })
  commitmentId?: string;

  @Privacy('CREDIT_GRADE')
  @Field(() => ID, { nullable: true, description: 'A report that was handed over (信用报告).' })
  reportId?: string;

  @Privacy('CREDIT_GRADE')
  @Field(() => ID, { nullable: true, description: 'An evaluation (信用评价).' })
  snapshotId?: string;

  @Privacy('SUPERVISION')
  @Field(() => ID, { nullable: true, description: 'A level of supervision (分级分类监管).' })
  supervisionId?: string;

  @Privacy('SANCTION_FILES')
  @Field(() => ID, { nullable: true, description: 'A sanction (失信惩戒).' })
  sanctionId?: string;

  @Privacy('REPAIRS')
  @Field(() => ID, { nullable: true, description: 'A repair application (信用修复).' })
  repairId?: string;
}
