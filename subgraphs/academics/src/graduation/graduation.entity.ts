import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum GraduationOutcome {
  GRADUATED = 'GRADUATED',
  COMPLETED = 'COMPLETED',
  POSTPONED = 'POSTPONED',
}
registerEnumType(GraduationOutcome, {
  name: 'GraduationOutcome',
  description: 'How a student leaves at the end of his studies; POSTPONED stands on no list.',
});

/** How and when a student ends his studies; one a student. Source: G10.1. */
@Entity({ tableName: 'graduation' })
@ObjectType({ description: 'How and when a student ends his studies (毕业, G10.1).' })
@Privacy('ACADEMIC_SUMMARY')
export class Graduation extends Fact {
  @Field(() => Day, { nullable: true, description: 'Day of the graduation.' })
  @Property({ type: 'date' })
  graduationOn!: string;

  @Field(() => GraduationOutcome, { nullable: true, description: 'How he leaves.' })
  @Enum({ items: () => GraduationOutcome })
  outcome!: GraduationOutcome;

  @Field(() => ID, {
    nullable: true,
    description: 'Number of the graduation list on which it was published; null before.',
  })
  @Property({ type: 'uuid', nullable: true })
  listId?: string;
}
