import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType, registerEnumType } from 'type-graphql';

export enum NameChangeReason {
  APPEAL = 'APPEAL',
  ROLL = 'ROLL',
}
registerEnumType(NameChangeReason, {
  name: 'NameChangeReason',
  description: 'By what the name of a student was changed.',
});

/** A name that a student had before: for himself and Student Affairs, as requests about his data. */
@Entity({ tableName: 'former_name' })
@ObjectType({ description: 'A name that a student had before (曾用名).' })
@Privacy(['IDENTITY', 'SUBJECT_REQUESTS'])
export class FormerName {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'string' })
  studentNo!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  name!: string;

  @Field(() => Day, { nullable: true, description: 'Day on which it was changed, at +08:00.' })
  @Property({ type: 'date' })
  untilOn!: string;

  @Field(() => NameChangeReason, { nullable: true })
  @Enum({ items: () => NameChangeReason })
  reason!: NameChangeReason;
}
