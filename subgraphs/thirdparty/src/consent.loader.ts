import type { Context } from '@chengxin/kit/call/context';
import { fault } from '@chengxin/kit/errors';
import { rowClauses, type StudentRows } from '@chengxin/kit/read/rows';
import { Consent } from './consent.entity.js';
import { inForce } from './consent.rules.js';

/** How consents are read: in force, by the provider to which each was given. */
export const consentRows: StudentRows<Consent> = {
  entity: Consent,
  group: 'CONSENTS',
  where: ({ now }) => inForce(now),
  predicates: { OWN_PROVIDER: ({ identity }) => ({ recipientUscc: { $in: [...identity.orgs] } }) },
  orderBy: { consentId: 'asc' },
};

/**
 * The provider's own consent, in force.
 *
 * @throws NOT_FOUND for one that is unknown, another's or ended: one statement finds out.
 */
export async function ownConsent(ctx: Context, consentId: string): Promise<Consent> {
  const where = { $and: [{ consentId }, ...rowClauses(ctx, consentRows)] };
  const consent = await ctx.em.findOne(Consent, where, { disableIdentityMap: true });
  if (!consent) {
    ctx.disclosures.refused([consentRows.group]);
    throw fault('NOT_FOUND');
  }
  ctx.disclosures.under(consentId);
  return consent;
}

/** Rows under a consent of the provider's own. */
export const rowsUnder = <T extends { studentNo: string; consentId: string }>(
  ctx: Context,
  rows: StudentRows<T>,
  consentId: string,
): Promise<T[]> =>
  ctx.em.find(rows.entity, { $and: [{ consentId }, ...rowClauses(ctx, rows)] } as never, {
    orderBy: rows.orderBy,
    disableIdentityMap: true,
  }) as Promise<T[]>;
