/** How an evaluator sorts his work list: as a list of students, or by the grades that his case shows. */
import { orderReads, type ReadUnder } from '@chengxin/kit/schema/reads';
import { registerEnumType } from 'type-graphql';
import { STUDENT_ORDERS, StudentOrder } from '../student/student-list.js';

const GRADE = 'GRADE';
export const CaseDossierOrder = { ...StudentOrder, [GRADE]: GRADE } as const;
export type CaseDossierOrder = keyof typeof CaseDossierOrder;
registerEnumType(CaseDossierOrder, {
  name: 'CaseDossierOrder',
  description: 'Order of the work list of a case.',
  valuesConfig: {
    [GRADE]: {
      description: 'From A to D as the case shows them; those without a grade come last.',
    },
  },
});

export const DOSSIER_ORDER_READS = {
  ...orderReads('Student', STUDENT_ORDERS),
  [GRADE]: { field: 'Credit.grade', under: ['SCHOOL_VIEW', 'LOCKED_RUN'] } satisfies ReadUnder,
};

export const isByGrade = (order: CaseDossierOrder): order is typeof GRADE => order === GRADE;
