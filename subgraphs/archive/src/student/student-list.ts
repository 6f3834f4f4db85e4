/** How lists of students are filtered and sorted. */
import { equalClauses } from '@chengxin/kit/read/roster';
import { Reads } from '@chengxin/kit/schema/reads';
import { Field, InputType, Int, registerEnumType } from 'type-graphql';
import { EnrolmentStatus } from './student.entity.js';

export enum StudentOrder {
  STUDENT_NO = 'STUDENT_NO',
  CLASS = 'CLASS',
  NAME = 'NAME',
}
registerEnumType(StudentOrder, {
  name: 'StudentOrder',
  description: 'Order of a list of students.',
});
export const STUDENT_ORDERS = {
  [StudentOrder.STUDENT_NO]: [['studentNo', 'asc']],
  [StudentOrder.CLASS]: [
    ['classCode', 'asc'],
    ['studentNo', 'asc'],
  ],
  [StudentOrder.NAME]: [
    ['name', 'asc'],
    ['studentNo', 'asc'],
  ],
} as const;

/** Fields of group IDENTITY alone: what may not be seen may not be filtered by (DOMAIN 3.7(1)). */
@InputType()
export class StudentFilter {
  @Reads('Student.name')
  @Field(() => String, { nullable: true })
  name?: string;

  @Reads('Student.college')
  @Field(() => String, { nullable: true })
  college?: string;

  @Reads('Student.classCode')
  @Field(() => String, { nullable: true })
  classCode?: string;

  @Reads('Student.majorCode')
  @Field(() => String, { nullable: true })
  majorCode?: string;

  @Reads('Student.cohort')
  @Field(() => Int, { nullable: true })
  cohort?: number;

  @Reads('Student.enrolmentStatus')
  @Field(() => EnrolmentStatus, { nullable: true })
  enrolmentStatus?: EnrolmentStatus;
}
const FILTER_FIELDS = ['name', 'college', 'classCode', 'majorCode', 'cohort', 'enrolmentStatus'];

/** The where-clauses of a filter. */
export const studentClauses = (filter: StudentFilter | undefined): object[] =>
  equalClauses(filter, FILTER_FIELDS);
