/** Of findings that went with their consent or row nothing is left, their notices neither (INV-10). */
import type { EntityManager } from '@chengxin/kit/database/orm';
import { removeNoticesOfGone } from '@chengxin/kit/feed/notice';
import { providerMaliceFinding } from './provider-malice-finding.noun.js';

const FINDINGS = { type: providerMaliceFinding.name, table: 'provider_malice_finding' };

export const forgetFindings = (em: EntityManager, now: Date): Promise<void> =>
  removeNoticesOfGone(em, now, FINDINGS);
