import { addDays } from '@chengxin/kit/clock';
import type { Row } from './file.js';
import type { Plan } from './plan.js';

const HOLIDAYS = 7;

/** The week of the National Day (国庆节) in each year of the demo college, and the next. */
export const calendarRows = ({ cohorts }: Plan): Row[] =>
  [...cohorts, (cohorts.at(-1) ?? 0) + 1].flatMap((year) =>
    Array.from({ length: HOLIDAYS }, (_, i) => ({
      日期: addDays(`${year}-10-01`, i),
      是否上班: '放假',
      说明: '国庆节',
    })),
  );
