import type { TestCollege } from './college.js';
import { put } from './put.js';

/** Record that somebody has passed on a day. */
export const train = (college: TestCollege, staffNo: string, passedOn: string) =>
  put(college, 'archive', 'training_session', {
    staff_no: staffNo,
    title: '专职管理员培训',
    passed_on: passedOn,
    recorded_by: 'T0001',
    recorded_at: `${passedOn}T10:00:00Z`,
  });
