import type { Identity } from '@chengxin/kit/call/identity';
import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../../lock-order.js';
import { Account } from '../account.entity.js';
import { accountRows } from '../archive.loader.js';

/** Of staff one's own; whoever runs accounts sees each, and nothing else of its student (note 20). */
function withoutStudent({ role, subject }: Identity): object | undefined {
  if (role === 'STAFF_SELF') return { staffNo: subject };
  return role === 'SYS_OPERATOR' ? {} : undefined;
}

/** The account of a student or a member of staff, named by whom a login names (G7.2b). */
export const account = noun<Account>({
  name: 'Account',
  entity: Account,
  machine: 'Account',
  key: 'subject',
  rows: accountRows,
  withoutStudent,
  isSelf: ({ subject, studentNo }, row) => row.subject === (studentNo ?? subject),
  lockFirst: lockStudent,
});
