import type { Identity } from '@chengxin/kit/call/identity';
import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun, peopleIn, type ReadRows } from '@chengxin/kit/change/noun';
import { AccessReview } from './access-review.entity.js';

/** An audit alone reads them: whoever else keeps the log could be the one who is watched. */
export const auditAlone = ({ role }: Pick<Identity, 'role'>): object =>
  role === 'AUDITOR' ? {} : { id: null };

const rows: ReadRows<AccessReview> = {
  group: 'OPERATION_LOG',
  predicates: { TARGET_ALLOWED: () => ({}) },
  where: ({ identity }) => auditAlone(identity) as never,
};

/** Use of the system that somebody is to look into: never he whose use it is. */
export const accessReview = noun<AccessReview>({
  name: 'AccessReview',
  entity: AccessReview,
  machine: 'AccessReview',
  actions: ['detector'],
  rows,
  people: peopleIn(({ actor }) => ({ 'review.actor': actor })),
  constraints: { access_review_not_own: { code: ChangeErrorCode.SOD_VIOLATION } },
});
