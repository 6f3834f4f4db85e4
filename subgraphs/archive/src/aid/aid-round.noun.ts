import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { AidRound } from './aid-round.entity.js';

/** In which hardship facts of some orgs may be read (F-04). */
export const aidRound = noun<AidRound>({
  name: 'AidRound',
  entity: AidRound,
  key: 'roundId',
  machine: 'AidRound',
  rows: { group: 'RULES', predicates: {} },
  constraints: {
    aid_round_pkey: {
      code: ChangeErrorCode.VALIDATION,
      what: '已有此轮次编号。 There is a round of this number.',
      path: ['roundId'],
    },
  },
});
