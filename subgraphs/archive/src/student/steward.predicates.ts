import type { RowAsk } from '@chengxin/kit/read/rows';

/** `OWN_STEWARDS`: stewards of the asker himself (note 32). */
export const ownStewards = ({ identity }: RowAsk) => ({ studentNo: identity.studentNo ?? '' });
