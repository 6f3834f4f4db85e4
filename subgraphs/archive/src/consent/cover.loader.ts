import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { Cover } from './consent.rules.js';

const COVERS = `
  select consent_id as "consentId", student_no as "studentNo", purpose,
    recipient_uscc as "recipientUscc", withdrawn_at is null and granted_at <= at.now
      and expires_at > at.now as "isInForce"
  from consent cross join (select ?::timestamptz as now) at
  where consent_id in (select jsonb_array_elements_text(?::jsonb))
  order by consent_id for share of consent`;

/**
 * Consents by number, for facts that come in under them now. Shared until the transaction ends: a
 * withdrawal that arrives meanwhile waits, and then finds the facts.
 */
export async function coversOf(
  em: EntityManager,
  at: Date,
  consentIds: readonly string[],
): Promise<Map<string, Cover>> {
  if (!consentIds.length) return new Map();
  const rows = await execute<Cover>(em, COVERS, [at, JSON.stringify(consentIds)]);
  return new Map(rows.map((row) => [row.consentId, row]));
}
