/** The reasons of a decision in a case, by code: those that rest on credit, and all others (T-07, 3.5). */
import { CODE_SETS } from '../rules/code-set.loader.js';

const codesOf = (name: string): ReadonlySet<string> =>
  new Set(CODE_SETS.find((set) => set.name === name)?.codes.map(({ code }) => code));

export const OTHER_REASONS = codesOf('decisionReason');
export const CREDIT_REASONS = codesOf('decisionCreditReason');
