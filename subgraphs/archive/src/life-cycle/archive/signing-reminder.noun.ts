import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../../lock-order.js';
import { SigningReminder } from './signing-reminder.entity.js';

/** That a student was reminded of his entry: made by a job, changed never (F-01). */
export const signingReminder = noun<SigningReminder>({
  name: 'SigningReminder',
  entity: SigningReminder,
  rows: { group: 'ACCOUNT', predicates: {} },
  lockFirst: lockStudent,
});
