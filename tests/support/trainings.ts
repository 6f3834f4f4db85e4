/** Passes of the training for administrators: without one no file makes anybody an administrator (G5.2). */
import { TRAINED } from '@chengxin/college/demo-trainings';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import type { OfficeParts } from '@chengxin/kit/server/office-parts';
import type { TestCollege } from './college.js';
import { put } from './put.js';

/** Record that the administrators of the demo's grants have passed, a week before an instant. */
export const trainAdministrators = ({ orm }: Pick<OfficeParts, 'orm'>, at: Date) =>
  execute(
    forkOf(orm),
    `insert into training_session (staff_no, title, passed_on, recorded_by, recorded_at)
     select t.staff_no, '专职管理员培训', v.at::date - 7, 'T0001', v.at
     from (select ?::timestamptz as at) v cross join unnest(?::text[]) t (staff_no)`,
    [at, TRAINED],
  );

/** Record that somebody has passed on a day. */
export const train = (college: TestCollege, staffNo: string, passedOn: string) =>
  put(college, 'archive', 'training_session', {
    staff_no: staffNo,
    title: '专职管理员培训',
    passed_on: passedOn,
    recorded_by: 'T0001',
    recorded_at: `${passedOn}T10:00:00Z`,
  });
