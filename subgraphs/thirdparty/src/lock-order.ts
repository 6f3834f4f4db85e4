/**
 * The order in which one transaction of this office locks rows: consents, then what stands under
 * them. Whoever writes under a consent locks it first, so those rows need no lock of their own.
 */
import { lockStaged } from '@chengxin/kit/database/lock-rows';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';

/** Lock the consents that the rows of a batch name: two files under one consent see each other. */
export const lockConsents = lockStaged({ table: 'consent', key: 'consent_id' }, 'consentId');

const OF_STUDENT = `
  select 1 from consent where student_no = ? order by consent_id for no key update`;

/** Lock the consents of a student, before a row of one of them is locked. */
export const lockConsentsOf = (em: EntityManager, studentNo: string): Promise<unknown> =>
  execute(em, OF_STUDENT, [studentNo]);
