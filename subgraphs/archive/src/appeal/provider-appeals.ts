/** Appeals against what a provider found: the provider alone has them (DOMAIN 2.4, docs/decisions/0095). */
import type { Identity } from '@chengxin/kit/call/identity';
import type { Context } from '@chengxin/kit/call/context';
import { decideApart } from '@chengxin/kit/change/decide-on';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { page, type Connection, type List, type PageArgs } from '@chengxin/kit/read/page';
import type { Role } from '@chengxin/kit/privacy/roles';
import { AppealKind } from './appeal-state.js';
import type { Appeal } from './appeal.entity.js';
import { ownFact } from './appeal.predicates.js';

export const PROVIDER: Role = 'TPC_INST';

const RECIPIENT = `
  select n.recipient_uscc as provider
  from conduct_record c join consent n on n.consent_id = c.consent_id where c.id = ?::uuid`;

/** The provider that found a record; none where an office did. */
export async function providerOf(em: EntityManager, recordId: string): Promise<string | undefined> {
  const [row] = await execute<{ provider: string }>(em, RECIPIENT, [recordId]);
  return row?.provider;
}

/**
 * Rows that a provider has: against its own facts, while the consent is in force. It knows nobody as a
 * student, so that none is decided on for it.
 */
export const providerRows = (identity: Identity, now: Date): object | undefined =>
  identity.role === PROVIDER
    ? {
        kind: AppealKind.RECORD,
        carriedUntil: { $gt: now },
        ...(ownFact({ identity } as never) as object),
      }
    : undefined;

/** A page of them, of whose students their appeal alone is open to it. */
export async function pageOfProvider(
  ctx: Context,
  list: List<Appeal>,
  args: PageArgs,
): Promise<Connection<Appeal>> {
  const found = await page(ctx, list, args);
  for (const { studentNo } of found.nodes) decideApart(ctx, 'APPEALS', studentNo);
  return found;
}
