import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun, peopleIn } from '@chengxin/kit/change/noun';
import { lockStudent } from '../../lock-order.js';
import { GraduationRemark } from '../graduation-remark.entity.js';
import { remarkRows } from '../graduation-remark.loader.js';
import { stateOfRemark } from './remark-change.rules.js';

/** The remark at graduation, one a student, which three people sign (G8.3). */
export const remark = noun<GraduationRemark>({
  name: 'GraduationRemark',
  entity: GraduationRemark,
  machine: 'GraduationRemark',
  rows: remarkRows,
  stateOf: stateOfRemark,
  lockFirst: lockStudent,
  people: peopleIn(({ authorCounsellor, approvedByCollege }) => ({
    'remark.write': authorCounsellor,
    'remark.approve': approvedByCollege ?? null,
  })),
  constraints: {
    graduation_remark_student_no_key: {
      code: ChangeErrorCode.STATE_CONFLICT,
      what: '该学生已有毕业评语，请修改原稿。 The student has a remark: change that one.',
    },
    graduation_remark_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
    graduation_remark_three_people: { code: ChangeErrorCode.SOD_VIOLATION },
  },
});
