import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';

/** A pass of the training for administrators (专职管理员培训). Source: G5.2. */
@Entity({ tableName: 'training_session' })
@ObjectType({ description: 'A pass of the training for administrators (专职管理员培训, G5.2).' })
@Privacy('ADMINISTRATION')
export class TrainingSession {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  staffNo!: string;

  @Field(() => String, { nullable: true, description: 'What was taught.' })
  @Property({ type: 'string' })
  title!: string;

  @Field(() => Day, { nullable: true, description: 'A grant may rest on it for 24 months.' })
  @Property({ type: 'date' })
  passedOn!: string;

  @Property({ type: 'integer' })
  version!: number;

  @Property({ type: 'string' })
  recordedBy!: string;

  @Property({ type: 'datetime' })
  recordedAt!: Date;
}
