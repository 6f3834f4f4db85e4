import type { RowAccess } from '@chengxin/kit/read/rows';
import { RepairState } from './repair-application.entity.js';

/** States in which an application may never have been handed in. */
const MAYBE_DRAFT = [RepairState.DRAFT, RepairState.WITHDRAWN];

/** What the student has not handed in is his own, also once he has withdrawn it. */
export const handedIn = ({ identity }: RowAccess) =>
  identity.role === 'STU_SELF'
    ? {}
    : { $or: [{ state: { $nin: MAYBE_DRAFT } }, { submittedAt: { $ne: null } }] };
