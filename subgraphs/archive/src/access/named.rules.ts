/** Whom the reference of a purpose names: nobody else is read for it. Pure. Source: DOMAIN 3.1b. */
import type { Identity } from '@chengxin/kit/identity';
import type { Standing } from './note.rules.js';

/** Purposes whose reference names students, and where it is known that it names this one. */
export const NAMING_PURPOSES = {
  AID_REVIEW: 'inAidRound',
  APPEAL: 'inAppealOrRepair',
  REPAIR: 'inAppealOrRepair',
} as const satisfies Record<string, keyof Standing>;
export type NamingPurpose = keyof typeof NAMING_PURPOSES;

/** Whether a student may be read for the purpose of the request, as far as its reference goes. */
export function isNamed({ purpose }: Pick<Identity, 'purpose'>, standing: Standing): boolean {
  const [, known] = Object.entries(NAMING_PURPOSES).find(([name]) => name === purpose) ?? [];
  return known === undefined || standing[known];
}
