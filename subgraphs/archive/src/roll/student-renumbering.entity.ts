import { Privacy } from '@chengxin/kit/schema/guard';
import { Proposal } from '@chengxin/kit/schema/proposal';
import { Entity, Enum, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
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
export class StudentRenumbering extends Proposal {
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

  /** Whose it is: for the scope of the list alone. */
  @ManyToOne({ ...OWNER })
  owner?: Student;
}
