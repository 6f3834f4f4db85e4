import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { Deferral } from './deferral.entity.js';
import { deferralRows } from './deferral.loader.js';

/** Leave to pay a bill later (T-01). */
export const deferral = noun<Deferral>({
  name: 'Deferral',
  entity: Deferral,
  machine: 'Deferral',
  rows: deferralRows,
  constraints: {
    deferral_requested: {
      code: ChangeErrorCode.VALIDATION,
      what: '该账单已有待审的缓交申请。 A deferral of this bill already waits.',
      path: ['billNo'],
    },
    deferral_approved: {
      code: ChangeErrorCode.VALIDATION,
      what: '该账单已缓交至该日。 The bill is already deferred to this day.',
      path: ['until'],
    },
    deferral_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
  },
});
