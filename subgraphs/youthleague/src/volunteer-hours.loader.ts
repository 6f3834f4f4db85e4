import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import { VolunteerHours } from './volunteer-hours.entity.js';
import { youthPredicates } from './youth-record.rules.js';

/** How they are read by everybody, the office's own list included. */
export const volunteerHoursRows: StudentRows<VolunteerHours> = {
  entity: VolunteerHours,
  group: 'GOOD_CONDUCT',
  predicates: youthPredicates(),
  orderBy: { termCode: 'desc', id: 'asc' },
};

/** Volunteer hours of a student, the latest term first. */
export const volunteerHoursOf = studentRows(volunteerHoursRows);
