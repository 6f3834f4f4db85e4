import { Student } from './student.entity.js';

/** Whose a row is: for the scope of lists alone. */
export const OWNER = {
  entity: () => Student,
  joinColumn: 'student_no',
  persist: false,
  createForeignKeyConstraint: false,
} as const;
