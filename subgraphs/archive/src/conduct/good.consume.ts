import { columnsOf } from '@chengxin/kit/database/columns';
import { GoodRecord } from './good-record.entity.js';
import { conductFeed, type ConductFeed, type ConductTopic } from './conduct.consume.js';
import { GoodState } from '../rules/conduct-state.js';
import { judgeGood } from './good.rules.js';
import { judgePunctual } from './third-party.rules.js';

const gone = () => GoodState.REVOKED;

const GOOD: ConductTopic<GoodState> = {
  topic: 'good',
  judge: judgeGood,
  gone,
  table: columnsOf(
    GoodRecord,
    [
      'studentNo',
      'indicatorCode',
      'originGroup',
      'sourceOffice',
      'level',
      'occurredOn',
      'endedOn',
      'state',
      'evidence',
    ],
    { amount: 'numeric' },
  ),
};

/** `good`: what an office confirmed; it comes approved (2.4). */
export const goodOf = (office: string): ConductFeed => conductFeed(GOOD, office);

const PUNCTUAL: ConductTopic<GoodState> = {
  topic: 'good',
  judge: judgePunctual,
  gone,
  table: { ...GOOD.table, fields: { ...GOOD.table.fields, consentId: 'text' } },
};

/** `good`: bills paid in time, as a third party reported under a consent (P-10). */
export const punctualYears: ConductFeed = conductFeed(PUNCTUAL, 'thirdparty');
