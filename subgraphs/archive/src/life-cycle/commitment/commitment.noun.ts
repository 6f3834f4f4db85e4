import type { Identity } from '@chengxin/kit/call/identity';
import { noun } from '@chengxin/kit/change/noun';
import { officeOf } from '../../org/own-office.js';
import { lockStudent } from '../../lock-order.js';
import { Commitment } from '../commitment.entity.js';
import { commitmentRows } from '../commitment.loader.js';

const isOwn = ({ subject }: Identity, { studentNo, staffNo }: Commitment): boolean =>
  (studentNo ?? staffNo) === subject;

/** A promise in one matter (承诺书, G8.1, Z5.2.2). */
export const commitment = noun<Commitment>({
  name: 'Commitment',
  entity: Commitment,
  machine: 'Commitment',
  rows: commitmentRows,
  withoutStudent: ({ role, subject }) => (role === 'STAFF_SELF' ? { staffNo: subject } : undefined),
  isSelf: isOwn,
  isOfOffice: ({ role }, { ownerOffice }) => officeOf(role) === ownerOffice,
  lockFirst: lockStudent,
});
