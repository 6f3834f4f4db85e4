/** What is stored of a student against what the rules come to again. Pure. Source: DOMAIN 6 (replay). */
import { isDeepStrictEqual } from 'node:util';
import type { CreditFacts, CreditView } from './credit.rules.js';
import { creditOf } from './credit.rules.js';
import type { RuleSet } from './rule-set.js';

/** What a snapshot says. */
export interface Said {
  readonly grade: string;
  readonly level: string;
  readonly scoreExcludingDisputed: number;
  readonly school: CreditView;
  readonly full: CreditView;
}

const PARTS = ['grade', 'level', 'scoreExcludingDisputed', 'school', 'full'] as const;

/** Parts of a snapshot in which the stored one and the one that is computed again differ; never their values. */
export const differing = (stored: Said, again: Said): string[] =>
  PARTS.filter((part) => !isDeepStrictEqual(stored[part], again[part]));

/**
 * What a stored snapshot says otherwise than the rules do of the same facts on the same day.
 *
 * @param on  Calendar day at +08:00.
 */
export const replayed = (rules: RuleSet, facts: CreditFacts, on: string, stored: Said): string[] =>
  differing(stored, creditOf(rules, facts, on));
