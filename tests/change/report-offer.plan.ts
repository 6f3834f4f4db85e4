import type { TestCollege } from '../support/college.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { archiveInState } from './archive.plan.js';
import type { NounPlan } from './plans.js';

let made = 0;
/** Who graduates: nobody of whom other plans try anything. */
const GRADUATE = '2024010305';
/** A day of its own: it is offered once. */
async function nextDay(college: TestCollege): Promise<string> {
  await asOwner(college, 'archive', 'delete from graduation');
  const day = `${2030 + made++}-06-30`;
  await archiveInState(college, GRADUATE, 'ACTIVE');
  await put(college, 'archive', 'graduation', {
    student_no: GRADUATE,
    graduation_on: day,
    outcome: 'GRADUATED',
    version: 1,
  });
  return day;
}

export const reportOfferPlan: NounPlan = {
  noun: 'ReportOffer',
  office: 'archive',
  table: 'report_offer',
  // A student stands on one list at a time.
  oneAtATime: true,
  async seed(college, _studentNo, state) {
    const { id = '' } = await put(college, 'archive', 'report_offer', {
      graduation_on: await nextDay(college),
      student_count: 1,
      state,
      recorded_by: 'T9999',
      recorded_at: '2026-04-01T00:00:00Z',
      ...(state === 'SENT' && { approved_by: 'T9998', approved_at: '2026-04-02T00:00:00Z' }),
    });
    return { id, version: 1 };
  },
  opening: async (college) => ({ graduationOn: await nextDay(college) }),
};
