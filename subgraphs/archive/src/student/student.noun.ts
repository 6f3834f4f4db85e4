import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../lock-order.js';
import { Student } from './student.entity.js';

/** Whose matter a student stands in was decided with him: what a decision names holds for his row. */
const decided = () => ({});

/** A student, on whom rows hang whoever may read his archive; an appeal corrects his data (G14.2). */
export const student = noun<Student>({
  name: 'Student',
  entity: Student,
  key: 'studentNo',
  rows: {
    group: 'IDENTITY',
    predicates: {
      OWN_MATTER: decided,
      OWN_DOMAIN: decided,
      OWN_PROVIDER: decided,
      SUBMITTED: decided,
    },
    where: () => ({ isErased: false }),
  },
  lockFirst: lockStudent,
});
