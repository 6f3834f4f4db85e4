import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import { inForce } from './consent.rules.js';
import { PhoneBill } from './phone-bill.entity.js';
import { ownProvider } from './own-provider.js';

/** How phone bills are read by everybody: under a consent in force now, and in no other way. */
export const phoneBillRows: StudentRows<PhoneBill> = {
  entity: PhoneBill,
  group: 'PHONE_BILLS',
  where: ({ now }) => ({ consent: inForce(now) }),
  predicates: { OWN_PROVIDER: ownProvider },
  orderBy: { month: 'desc', id: 'asc' },
};

/** Phone bills of a student, the latest first. */
export const phoneBillsOf = studentRows(phoneBillRows);
