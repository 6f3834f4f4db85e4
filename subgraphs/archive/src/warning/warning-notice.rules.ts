/** By which notice a student hears of a warning. Source: 4.7, F-01. */

const USUAL = 'WARNING';
/** Of a bill the notice says how to get help: deferral, loan, hardship (W-07). */
const BY_RULE: Readonly<Record<string, string>> = {
  DUE_SOON: 'TUITION_DUE_SOON',
  OVERDUE: 'TUITION_OVERDUE',
};

/** Kind of the notice of a warning that a rule raised. */
export const noticeKindOf = (rule: string): string => BY_RULE[rule] ?? USUAL;

/** Every kind by which a warning reaches its student, and then its handler. */
export const WARNING_KINDS: ReadonlySet<string> = new Set([USUAL, ...Object.values(BY_RULE)]);
