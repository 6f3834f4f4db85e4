/**
 * The order in which one transaction of this office locks rows: consents, then what stands under
 * them. Whoever writes under a consent locks it first, so those rows need no lock of their own.
 */
import { lockStaged } from '@chengxin/kit/database/lock-rows';

/** Lock the consents that the rows of a batch name: two files under one consent see each other. */
export const lockConsents = lockStaged({ table: 'consent', key: 'consent_id' }, 'consentId');
