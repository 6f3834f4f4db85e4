import type { Identity } from '@chengxin/kit/call/identity';
import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../lock-order.js';
import { officeOf } from '../org/own-office.js';
import { warningRows } from './supervision.loader.js';
import { Warning } from './warning.entity.js';

const COLLEGE = officeOf('COLLEGE_ADMIN');
/** A bill lies with finance and with the counsellor: whoever comes first takes it in hand (4.7). */
const OF_A_BILL = 'W-07';
/** It reads no warning (FG24): those of its matters lie with Student Affairs. */
const YOUTH_LEAGUE = officeOf('CYL_CLERK');

/** What lies with the college lies with the counsellors of the class as well (4.7). */
function handles({ role }: Identity, { handlerOffice, code }: Warning): boolean {
  if (role === 'COUNSELLOR') return handlerOffice === COLLEGE || code === OF_A_BILL;
  return (
    handlerOffice === officeOf(role) || (role === 'SCHOOL_ADMIN' && handlerOffice === YOUTH_LEAGUE)
  );
}

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
