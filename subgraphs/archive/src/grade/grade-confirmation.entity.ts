import { Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum ConfirmationLevel {
  COLLEGE = 'COLLEGE',
  SCHOOL = 'SCHOOL',
}
registerEnumType(ConfirmationLevel, {
  name: 'ConfirmationLevel',
  description: 'For whom a grade is confirmed: the college first, then Student Affairs.',
});

/** A person confirms a grade of C or D that the rules came to. Source: L-08, DOMAIN 2.4. */
@Entity({ tableName: 'grade_confirmation' })
@ObjectType({ description: 'A person confirms a grade of C or D that the rules came to (L-08).' })
@Privacy('CREDIT_GRADE')
export class GradeConfirmation {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  studentNo!: string;

  @Field(() => ID, { nullable: true, description: 'The snapshot whose grade it is.' })
  @Property({ type: 'uuid' })
  snapshotId!: string;

  @Field(() => ConfirmationLevel, { nullable: true })
  @Enum({ items: () => ConfirmationLevel })
  level!: ConfirmationLevel;

  @Field(() => Int, { nullable: true, description: 'Grows with each change.' })
  @Property({ type: 'integer' })
  version!: number;

  @Property({ type: 'string' })
  recordedBy!: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  recordedAt!: Date;
}
