/** Whom the reference of a purpose names: nobody else is read for it. Pure. Source: DOMAIN 3.1b. */
import type { Identity } from '@chengxin/kit/call/identity';
import type { RelationFacts } from './note.rules.js';

/** Purposes whose reference names students, and where it is known that it names this one. */
const NAMING_PURPOSES = {
  AID_REVIEW: 'inAidRound',
  APPEAL: 'inAppealOrRepair',
  REPAIR: 'inAppealOrRepair',
} as const satisfies Record<string, keyof RelationFacts>;

export const isNaming = (purpose: string): purpose is keyof typeof NAMING_PURPOSES =>
  Object.hasOwn(NAMING_PURPOSES, purpose);

/** Whether a student may be read for the purpose of the request, as far as its reference goes. */
export const isNamed = ({ purpose }: Pick<Identity, 'purpose'>, facts: RelationFacts): boolean =>
  !isNaming(purpose) || facts[NAMING_PURPOSES[purpose]] || facts.isReplay === true;
