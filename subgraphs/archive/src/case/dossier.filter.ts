/** How an evaluator filters his work list: by what he sees of every candidate (DOMAIN 3.7(1)). */
import { whereSql } from '@chengxin/kit/database/orm';
import { Reads } from '@chengxin/kit/schema/reads';
import { Field, InputType } from 'type-graphql';
import { StudentFilter, studentClauses } from '../student/student-list.js';
import type { Student } from '../student/student.entity.js';

@InputType()
export class CaseDossierFilter {
  @Field(() => StudentFilter, { nullable: true })
  student?: StudentFilter;

  @Reads('Student.politicalStatus')
  @Field(() => String, { nullable: true, description: 'Code of GB/T 4762; Party evaluators.' })
  politicalStatus?: string;

  @Reads('CaseDecision.result')
  @Field(() => Boolean, {
    nullable: true,
    description: 'Those on whom the case has decided, or has not.',
  })
  isDecided?: boolean;
}

const decided = (caseId: string, isDecided: boolean): object =>
  whereSql<Student>(
    (row) => `${isDecided ? '' : 'not'} exists (select from case_decision d
      where d.case_id = ? and d.student_no = ${row}.student_no)`,
    [caseId],
  ) as object;

/** The where-clauses of a filter of a case. */
export function dossierClauses(caseId: string, filter: CaseDossierFilter | undefined): object[] {
  const { student, politicalStatus, isDecided } = filter ?? {};
  return [
    ...studentClauses(student),
    ...(politicalStatus === undefined ? [] : [{ politicalStatus }]),
    ...(isDecided === undefined ? [] : [decided(caseId, isDecided)]),
  ];
}
