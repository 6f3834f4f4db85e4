import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../lock-order.js';
import { Notice } from './notice.entity.js';
import { noticeRows } from './notice.loader.js';
import { stateOf } from './notice.rules.js';

/** What a student was notified of (F-01); its instants say how far it has come. */
export const notice = noun<Notice>({
  name: 'Notice',
  entity: Notice,
  machine: 'Notice',
  rows: noticeRows,
  stateOf,
  lockFirst: lockStudent,
});
