import type { Identity } from '@chengxin/kit/call/identity';
import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../lock-order.js';
import { warningRows } from './supervision.loader.js';
import { handledBy } from './warning-handlers.js';
import { Warning } from './warning.entity.js';

function handles({ role }: Identity, { handlerOffice, code }: Warning): boolean {
  const { offices, codes } = handledBy(role);
  return offices.includes(handlerOffice) || codes.includes(code);
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
