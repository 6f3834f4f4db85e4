import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../lock-order.js';
import { withRelated } from '../staff/declaration.loader.js';
import { Measure } from './measure.entity.js';
import { measureRows } from './supervision.loader.js';

/** What follows from a record, from the measure list (L-17). */
export const measure = noun<Measure>({
  name: 'Measure',
  entity: Measure,
  machine: 'Measure',
  rows: measureRows,
  lockFirst: lockStudent,
  people: withRelated(),
  constraints: { measure_second_person: { code: ChangeErrorCode.SOD_VIOLATION } },
});
