import { Privacy } from '@chengxin/kit/schema/guard';
import { Day, Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum GraduationListState {
  PUBLISHED = 'PUBLISHED',
}
registerEnumType(GraduationListState, {
  name: 'GraduationListState',
  description: 'State of a graduation list.',
});

/** Who graduates on a day, as it was published; of nobody by name. Source: G10.1, DOMAIN 2.4. */
@Entity({ tableName: 'graduation_list' })
@ObjectType({
  description: 'A graduation list (毕业名单) as it was published: a day and how many (G10.1).',
})
@Privacy('ACADEMIC_SUMMARY')
export class GraduationList {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => Int, { nullable: true })
  @Property({ type: 'integer' })
  version!: number;

  @Field(() => Day, { nullable: true, description: 'Day of the graduation.' })
  @Property({ type: 'date' })
  graduationOn!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Number of the document by which the school decided, where one was named.',
  })
  @Property({ type: 'string', nullable: true })
  decisionDocNo?: string;

  @Field(() => Int, { nullable: true, description: 'Students who stand on it.' })
  @Property({ type: 'integer' })
  studentCount!: number;

  @Field(() => GraduationListState, { nullable: true })
  @Enum({ items: () => GraduationListState })
  state!: GraduationListState;

  @Property({ type: 'string' })
  recordedBy!: string;

  @Field(() => Instant, { nullable: true, description: 'When it was published.' })
  @Property({ type: 'datetime' })
  recordedAt!: Date;
}
