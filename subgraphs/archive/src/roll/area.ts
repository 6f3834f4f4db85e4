import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { FormerName } from './former-name.entity.js';
import { studentMerge, studentRenumbering } from './roll.noun.js';
import {
  StudentMergeResolver,
  StudentRenumberingResolver,
  StudentRollResolver,
} from './roll.resolver.js';
import { StudentMerge } from './student-merge.entity.js';
import { StudentMergeMutation } from './student-merge.mutation.js';
import { StudentRenumbering } from './student-renumbering.entity.js';
import { StudentRenumberingMutation } from './student-renumbering.mutation.js';
import { StudentTransfer } from './student-transfer.entity.js';
import { StudentTransferMutation } from './student-transfer.mutation.js';

export const rollArea: Area = {
  entities: [FormerName, StudentMerge, StudentRenumbering, StudentTransfer],
  resolvers: [
    StudentRollResolver,
    StudentRenumberingResolver,
    StudentRenumberingMutation,
    actionsField(studentRenumbering),
    StudentMergeResolver,
    StudentMergeMutation,
    actionsField(studentMerge),
    StudentTransferMutation,
  ],
};
