import { noun } from '@chengxin/kit/change/noun';
import { CommitmentOffer } from './commitment-offer.entity.js';

/** Numbers to whom a job offers a promise (Z5.2.2); nobody reads it. */
export const commitmentOffer = noun<CommitmentOffer>({
  name: 'CommitmentOffer',
  entity: CommitmentOffer,
  rows: { group: 'COMMITMENTS', predicates: {} },
});
