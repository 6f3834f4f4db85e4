import type { Identity } from '@chengxin/kit/call/identity';
import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../lock-order.js';
import { officeOf } from '../org/own-office.js';
import { warningRows } from './supervision.loader.js';
import { Warning } from './warning.entity.js';

/** What lies with the college lies with the counsellors of the class as well (4.7). */
const COLLEGE = officeOf('COLLEGE_ADMIN');
const handles = ({ role }: Identity, { handlerOffice }: Warning): boolean =>
  handlerOffice === (role === 'COUNSELLOR' ? COLLEGE : officeOf(role));

/** An early warning to the student and a handler (4.7). */
export const warning = noun<Warning>({
  name: 'Warning',
  entity: Warning,
  machine: 'Warning',
  rows: warningRows,
  lockFirst: lockStudent,
  isOfOffice: handles,
  isWith: handles,
});
