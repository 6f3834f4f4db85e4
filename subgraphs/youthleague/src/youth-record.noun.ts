/** Good records of the Youth League that the archive may revoke (2.4). */
import { noun } from '@chengxin/kit/change/noun';
import { CadrePost } from './cadre-post.entity.js';
import { cadrePostRows } from './cadre-post.loader.js';
import { PracticeRecord } from './practice-record.entity.js';
import { practiceRows } from './practice-record.loader.js';
import { VolunteerHours } from './volunteer-hours.entity.js';
import { volunteerHoursRows } from './volunteer-hours.loader.js';

export const cadrePost = noun<CadrePost>({
  name: 'CadrePost',
  entity: CadrePost,
  machine: 'GoodRecord',
  actions: ['cadrePost'],
  rows: cadrePostRows,
});
export const practiceRecord = noun<PracticeRecord>({
  name: 'PracticeRecord',
  entity: PracticeRecord,
  machine: 'GoodRecord',
  actions: ['practice'],
  rows: practiceRows,
});
export const volunteerHours = noun<VolunteerHours>({
  name: 'VolunteerHours',
  entity: VolunteerHours,
  machine: 'GoodRecord',
  actions: ['volunteerHours'],
  rows: volunteerHoursRows,
});
