/** What must hold between a staged row and the register and consents of this office. */
import { dayIn } from '@chengxin/kit/database/day';
import type { StagedCheck } from '@chengxin/kit/import/job';
import { GROUP_OF, PURPOSES } from './consent.rules.js';

type Table = keyof typeof PURPOSES;

/**
 * INV-10: the consent is in force, of this purpose, and given to the provider who imports the
 * row. One reason for all: another's, ended and unknown are not distinguished (DOMAIN 3.7(4)).
 */
export const underOwnConsent = (table: Table): StagedCheck => ({
  column: 'consentId',
  reason: { zh: '没有有效的授权', en: 'there is no consent in force for this provider' },
  wrong: `not exists (select from consent c where c.consent_id = r.value->>'consentId'
    and c.recipient_uscc = any (importer.orgs) and c.purpose = '${PURPOSES[table]}'
    and (c.field_groups is null or c.field_groups @> '["${GROUP_OF[table]}"]')
    and c.withdrawn_at is null and c.granted_at <= importer.at and c.expires_at > importer.at)`,
});

/** G3.2: the provider is registered for this kind of data and its licence is valid today. */
export const licensed = (...kinds: string[]): StagedCheck => ({
  column: 'consentId',
  reason: { zh: '机构未登记或许可证无效', en: 'the provider has no valid licence for this data' },
  wrong: `not exists (select from consent c join provider p on p.uscc = c.recipient_uscc
    where c.consent_id = r.value->>'consentId' and p.state = 'ACTIVE'
      and p.kind in (${kinds.map((kind) => `'${kind}'`).join(', ')})
      and p.licence_until >= ${dayIn('importer.at')})`,
});

/** What a row takes from its consent: providers know neither (T-04). */
export const OF_CONSENT = {
  student_no: `(select c.student_no from consent c where c.consent_id = v."consentId")`,
  provider: `(select c.recipient_uscc from consent c where c.consent_id = v."consentId")`,
};
