import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { PENDING_STATES } from '../rules/conduct-state.js';
import { followCalendarDaily } from './calendar.js';
import { ConductRecord } from './conduct-record.entity.js';
import { conductRecord, pendingRecord } from './conduct-record.noun.js';
import { ConductMutation, UpperDecisionMutation } from './conduct.mutation.js';
import {
  ConductRecordResolver,
  GoodRecordResolver,
  StudentConductResolver,
} from './conduct.resolver.js';
import { creditCommitments } from './credit-commitments.job.js';
import { expireRecords } from './expire-records.job.js';
import { GoodRecord } from './good-record.entity.js';
import { GoodRecordMutation } from './good-record.mutation.js';
import { goodRecord } from './good-record.noun.js';
import { UpperDecision } from './upper-decision.entity.js';

export const conductArea: Area = {
  entities: [ConductRecord, GoodRecord, UpperDecision],
  resolvers: [
    StudentConductResolver,
    ConductRecordResolver,
    GoodRecordResolver,
    GoodRecordMutation,
    ConductMutation,
    UpperDecisionMutation,
    actionsField(pendingRecord, ({ state }) =>
      PENDING_STATES.includes(state) ? pendingRecord : conductRecord,
    ),
    actionsField(goodRecord),
  ],
  jobs: [followCalendarDaily, creditCommitments, expireRecords],
};
