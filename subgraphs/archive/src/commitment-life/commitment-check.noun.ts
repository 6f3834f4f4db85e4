import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../lock-order.js';
import { CommitmentCheck } from '../life-cycle/commitment-check.entity.js';

/** A check of a promise: made with the change of the promise, changed never (Z5.2.3). */
export const commitmentCheck = noun<CommitmentCheck>({
  name: 'CommitmentCheck',
  entity: CommitmentCheck,
  rows: { group: 'COMMITMENTS', predicates: {} },
  lockFirst: lockStudent,
});
