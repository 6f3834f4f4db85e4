import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { mayAct } from '@chengxin/kit/action/actions';
import { lockStudent } from '../lock-order.js';
import { GradeConfirmation } from './grade-confirmation.entity.js';

/** It names a snapshot and no line of it: what a cell says of lines is met. */
const namesNoLine = () => ({});

/** A person confirms a grade (L-08); those who confirm know of it. */
export const gradeConfirmation = noun<GradeConfirmation>({
  name: 'GradeConfirmation',
  entity: GradeConfirmation,
  actions: ['grade'],
  rows: {
    group: 'CREDIT_GRADE',
    predicates: {
      SCHOOL_VIEW: namesNoLine,
      NO_CLOSED_LINE: namesNoLine,
      LOCKED_RUN: namesNoLine,
    },
    where: ({ identity }) => (mayAct(identity.role, 'grade.confirm') ? {} : { id: null }) as never,
  },
  lockFirst: lockStudent,
  constraints: {
    grade_confirmation_once: {
      code: ChangeErrorCode.STATE_CONFLICT,
      what: '该等级已由本级确认。 It is confirmed on this level already.',
    },
    grade_confirmation_two_people: { code: ChangeErrorCode.SOD_VIOLATION },
    human_review_apart: { code: ChangeErrorCode.SOD_VIOLATION },
  },
});
