import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { AidRecord } from './aid-record.entity.js';
import { AidRecordResolver, StudentAidResolver } from './aid-record.resolver.js';
import { AidRound } from './aid-round.entity.js';
import { AidRoundMutation } from './aid-round.mutation.js';
import { aidRound } from './aid-round.noun.js';
import { AidRoundResolver } from './aid-round.resolver.js';

export const aidArea: Area = {
  entities: [AidRecord, AidRound],
  resolvers: [
    AidRecordResolver,
    StudentAidResolver,
    AidRoundResolver,
    AidRoundMutation,
    actionsField(aidRound),
  ],
};
