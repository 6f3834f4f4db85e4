import { noun } from '@chengxin/kit/change/noun';
import { lockStudent } from '../lock-order.js';
import { ArchiveState } from './archive-state.js';
import { Archive } from './archive.entity.js';
import { archiveRows } from './archive.loader.js';

/** The archive of a student, named by his number: one is open at a time (INV-01). */
export const archive = noun<Archive>({
  name: 'Archive',
  entity: Archive,
  machine: 'Archive',
  key: 'studentNo',
  rows: archiveRows,
  among: { state: { $nin: [ArchiveState.VOID, ArchiveState.DESTROYED] } },
  lockFirst: lockStudent,
});
