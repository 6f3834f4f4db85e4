import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { withRelated } from '../staff/declaration.loader.js';
import { lockStudent } from '../lock-order.js';
import { officeOf } from '../org/own-office.js';
import { ChangeRequest } from './change-request.entity.js';
import { changeRequestRows } from './change-request.loader.js';

/** A request for a change of an office's fact: the office decides (T-02). */
export const changeRequest = noun<ChangeRequest>({
  name: 'ChangeRequest',
  entity: ChangeRequest,
  machine: 'ChangeRequest',
  actions: ['change'],
  rows: changeRequestRows,
  lockFirst: lockStudent,
  isOfOffice: ({ role }, { targetOffice }) => officeOf(role) === targetOffice,
  people: withRelated(),
  constraints: {
    change_request_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
    change_request_once: {
      code: ChangeErrorCode.STATE_CONFLICT,
      what: '该事实已有待处理的变更请求。 A request about this fact waits already.',
    },
  },
});
