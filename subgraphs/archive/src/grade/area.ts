import type { Area } from '../area.js';
import { GradeConfirmation } from './grade-confirmation.entity.js';
import { GradeConfirmationMutation } from './grade-confirmation.mutation.js';

export const gradeArea: Area = {
  entities: [GradeConfirmation],
  resolvers: [GradeConfirmationMutation],
};
