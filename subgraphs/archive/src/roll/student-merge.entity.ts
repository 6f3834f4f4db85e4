import { Privacy } from '@chengxin/kit/schema/guard';
import { Proposal } from '@chengxin/kit/schema/proposal';
import { Entity, Enum, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { OWNER } from '../student/owner.js';
import { Student } from '../student/student.entity.js';

export enum StudentMergeState {
  PROPOSED = 'PROPOSED',
  APPROVED = 'APPROVED',
  REJECTED = 'REJECTED',
}
registerEnumType(StudentMergeState, {
  name: 'StudentMergeState',
  description: 'State of a merge of two archives (F-07).',
});

/** Two archives that are one person's become one: proposed by one person, decided by another. Source: F-07. */
@Entity({ tableName: 'student_merge' })
@ObjectType({ description: 'A merge of two archives of one person, by two people (F-07).' })
@Privacy(['ADMINISTRATION', 'IDENTITY'])
export class StudentMerge extends Proposal {
  @Field(() => ID, { nullable: true, description: 'The number that holds.' })
  @Property({ type: 'string' })
  studentNo!: string;

  @Field(() => ID, { nullable: true, description: 'The number that is given up.' })
  @Property({ type: 'string' })
  duplicateNo!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Code of the college of the number that was given up, until then.',
  })
  @Property({ type: 'string', nullable: true })
  duplicateCollege?: string;

  @Field(() => ID, { nullable: true, description: 'Code of its class.' })
  @Property({ type: 'string', nullable: true })
  duplicateClass?: string;

  @Field(() => ID, { nullable: true, description: 'Code of its major.' })
  @Property({ type: 'string', nullable: true })
  duplicateMajor?: string;

  @Field(() => StudentMergeState, { nullable: true })
  @Enum({ items: () => StudentMergeState })
  state!: StudentMergeState;

  /** Whose it is: for the scope of the list alone. */
  @ManyToOne({ ...OWNER })
  owner?: Student;
}
