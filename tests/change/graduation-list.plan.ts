import { addDays } from '@chengxin/kit/clock';
import { put, RECORDED } from '../support/put.js';
import type { NounPlan } from './plans.js';

/** Each list is of a day and of a student of its own: nobody graduates twice. */
let place = 0;

export const graduationListPlan: NounPlan = {
  noun: 'GraduationList',
  office: 'academics',
  table: 'graduation_list',
  seed: () => Promise.reject(new Error('A list is made and never changed.')),
  async opening(college) {
    place += 1;
    const graduationOn = addDays('2027-06-30', place);
    await put(college, 'academics', 'graduation', {
      ...RECORDED,
      student_no: `20240299${String(place).padStart(2, '0')}`,
      graduation_on: graduationOn,
      outcome: 'GRADUATED',
    });
    return { graduationOn, decisionDocNo: 'J-2027-1', reason: 'a reason' };
  },
};
