import type { RowAccess } from '@chengxin/kit/read/rows';

/** `OWN_STEWARDS`: stewards of the caller himself (note 32). */
export const ownStewards = ({ identity }: RowAccess) => ({ studentNo: identity.studentNo ?? '' });
