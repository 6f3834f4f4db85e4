import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../lock-order.js';
import { CommitmentBreach } from '../life-cycle/commitment-breach.entity.js';
import { breachRows } from '../life-cycle/commitment.loader.js';

/** What was reported of a promise: it goes with the promise from state to state (Z5.2.4). */
export const commitmentBreach = noun<CommitmentBreach>({
  name: 'CommitmentBreach',
  entity: CommitmentBreach,
  machine: 'Commitment',
  rows: breachRows,
  lockFirst: lockStudent,
});
