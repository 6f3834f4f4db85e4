import { noun, peopleIn } from '@chengxin/kit/change/noun';
import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { lockStudent } from '../lock-order.js';
import { goodRecordRows } from './conduct.loader.js';
import { GoodRecord } from './good-record.entity.js';

/** A good-conduct record of the archive (G8.3). */
export const goodRecord = noun<GoodRecord>({
  name: 'GoodRecord',
  entity: GoodRecord,
  machine: 'GoodRecord',
  rows: goodRecordRows,
  lockFirst: lockStudent,
  people: peopleIn(({ recordedBy, approvedBy }) => ({
    'goodRecord.propose': recordedBy ?? null,
    'goodRecord.approve': approvedBy ?? null,
  })),
  constraints: {
    good_record_source: {
      code: ChangeErrorCode.VALIDATION,
      what: '该编号的记录已存在。 A record of this number exists.',
      path: ['recordNo'],
    },
    good_record_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
  },
});
