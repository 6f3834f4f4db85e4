import { Privacy } from '@chengxin/kit/schema/guard';
import { Field, ID, ObjectType } from 'type-graphql';
import { Student } from '../student/student.entity.js';

/** Blocks one purpose and changes no grade: a code and its clause, no document, no text (4.6). */
@ObjectType({ description: 'A reason that blocks this purpose: code and clause alone (4.6).' })
@Privacy('CASES')
export class PurposeBlock {
  @Field(() => String, { nullable: true })
  code!: string;

  @Field(() => String, { nullable: true })
  clause!: string;
}

/** One student of the case that the request runs in; his groups are those of its profile (3.5). */
@ObjectType({ description: 'One student of the case that the request runs in (G21).' })
@Privacy('CASES')
export class CaseDossier {
  studentNo!: string;

  @Field(() => ID, { nullable: true })
  caseId!: string;

  @Privacy('IDENTITY')
  @Field(() => Student, { nullable: true })
  student!: Student;
}
