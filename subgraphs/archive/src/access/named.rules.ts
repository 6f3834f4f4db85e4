/** Whom the reference of a purpose names: nobody else is read for it. Pure. Source: DOMAIN 3.1b. */
import type { Identity } from '@chengxin/kit/call/identity';
import type { RelationFacts } from './note.rules.js';

/**
 * Purposes whose reference names students, and where it is known that it names this one. A batch that is
 * checked counts rows: it names nobody, so no student is read for it.
 */
const NAMING_PURPOSES = {
  AID_REVIEW: 'inAidRound',
  APPEAL: 'inAppealOrRepair',
  REPAIR: 'inAppealOrRepair',
  COLLECTION: null,
} as const satisfies Record<string, keyof RelationFacts | null>;

export const isNaming = (purpose: string): purpose is keyof typeof NAMING_PURPOSES =>
  Object.hasOwn(NAMING_PURPOSES, purpose);

/** Whether a student may be read for the purpose of the request, as far as its reference goes. */
export function isNamed({ purpose }: Pick<Identity, 'purpose'>, facts: RelationFacts): boolean {
  if (!isNaming(purpose)) return true;
  const named = NAMING_PURPOSES[purpose];
  return named !== null && (facts[named] || facts.isReplay === true);
}
