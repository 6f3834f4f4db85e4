import type { RowAccess } from '@chengxin/kit/read/rows';
import { RepairState } from './repair-application.entity.js';

/** What the student has not handed in yet is his own. */
export const notDraft = ({ identity }: RowAccess) =>
  identity.role === 'STU_SELF' ? {} : { state: { $ne: RepairState.DRAFT } };
