import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../lock-order.js';
import { ConductRecord } from './conduct-record.entity.js';
import { conductRecordRows } from './conduct.loader.js';

/** A bad-conduct record that counts. */
export const conductRecord = noun<ConductRecord>({
  name: 'ConductRecord',
  entity: ConductRecord,
  machine: 'ConductRecord',
  rows: conductRecordRows,
  lockFirst: lockStudent,
});
