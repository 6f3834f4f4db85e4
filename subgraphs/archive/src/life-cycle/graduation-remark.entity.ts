import { Fact } from '@chengxin/kit/schema/fact';
import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';

/** The remark at graduation (毕业评语), signed by three people. Source: G8.3. */
@Entity({ tableName: 'graduation_remark' })
@ObjectType({ description: 'The remark at graduation (毕业评语, G8.3).' })
@Privacy('GRADUATION_REMARK')
export class GraduationRemark extends Fact {
  @Field(() => String, { nullable: true, description: 'At most 800 characters.' })
  @Property({ type: 'string' })
  text!: string;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  authorCounsellor!: string;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true })
  @Property({ type: 'string', nullable: true })
  approvedByCollege?: string;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true })
  @Property({ type: 'string', nullable: true, fieldName: 'signed_by_sao' })
  signedBySAO?: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', nullable: true })
  issuedOn?: string;
}
