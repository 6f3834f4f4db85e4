import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';

/** A change of college, as it was made; never changed itself. Source: G19.1, F-07. */
@Entity({ tableName: 'student_transfer' })
@ObjectType({ description: 'A change of college of a student (转院系), as it was made (G19.1).' })
@Privacy(['ADMINISTRATION', 'IDENTITY'])
export class StudentTransfer {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  studentNo!: string;

  @Field(() => ID, { nullable: true, description: 'Code of the college that was left.' })
  @Property({ type: 'string' })
  fromCollege!: string;

  @Field(() => ID, { nullable: true, description: 'Code of the class that was left.' })
  @Property({ type: 'string' })
  fromClass!: string;

  @Field(() => ID, { nullable: true, description: 'Code of the major before.' })
  @Property({ type: 'string' })
  fromMajor!: string;

  @Field(() => ID, { nullable: true, description: 'Code of the new college.' })
  @Property({ type: 'string' })
  toCollege!: string;

  @Field(() => ID, { nullable: true, description: 'Code of the new class.' })
  @Property({ type: 'string' })
  toClass!: string;

  @Field(() => ID, { nullable: true, description: 'Code of the major from then on.' })
  @Property({ type: 'string' })
  toMajor!: string;

  @Field(() => Int, { nullable: true })
  @Property({ type: 'integer' })
  version!: number;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true, description: 'Who transferred the student.' })
  @Property({ type: 'string' })
  recordedBy!: string;

  @Field(() => Instant, { nullable: true, description: 'Since when it holds.' })
  @Property({ type: 'datetime' })
  recordedAt!: Date;
}
