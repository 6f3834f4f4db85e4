import type { StagedCheck } from '@chengxin/kit/import/job';

/** Payments and deferrals are of a bill in force, and of the student whose bill it is. */
export const knownBill: StagedCheck = {
  column: 'billNo',
  reason: { zh: '没有该学生的此账单', en: 'the student has no such bill in force' },
  wrong: `not exists (select from bill b where b.bill_no = r.value->>'billNo'
    and b.student_no = r.value->>'studentNo')`,
};
