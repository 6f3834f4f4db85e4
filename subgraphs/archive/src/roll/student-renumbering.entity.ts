import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { OWNER } from '../student/owner.js';

export enum StudentRenumberingState {
  PROPOSED = 'PROPOSED',
  APPROVED = 'APPROVED',
  REJECTED = 'REJECTED',
}
registerEnumType(StudentRenumberingState, {
  name: 'StudentRenumberingState',
  description: 'State of a change of a student number (F-07).',
});

/** A change of the number of a student, proposed by one person and decided by another. Source: F-07. */
@Entity({ tableName: 'student_renumbering' })
@ObjectType({ description: 'A change of a student number, by two people (F-07).' })
@Privacy(['ADMINISTRATION', 'IDENTITY'])
export class StudentRenumbering {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => ID, { nullable: true, description: 'The number that holds now.' })
  @Property({ type: 'string' })
  studentNo!: string;

  @Field(() => ID, { nullable: true, description: 'The number that is given up.' })
  @Property({ type: 'string' })
  oldNo!: string;

  @Field(() => ID, { nullable: true, description: 'The number that holds once it is approved.' })
  @Property({ type: 'string' })
  newNo!: string;

  @Field(() => StudentRenumberingState, { nullable: true })
  @Enum({ items: () => StudentRenumberingState })
  state!: StudentRenumberingState;

  @Field(() => Int, { nullable: true, description: 'Grows with each change.' })
  @Property({ type: 'integer' })
  version!: number;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true, description: 'Who proposed it.' })
  @Property({ type: 'string' })
  recordedBy!: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  recordedAt!: Date;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true, description: 'Who approved it; never who proposed it.' })
  @Property({ type: 'string', nullable: true })
  approvedBy?: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', nullable: true })
  approvedAt?: Date;

  /** Whose it is: for the scope of the list alone. */
  @ManyToOne({ ...OWNER })
  owner?: Student;
}
