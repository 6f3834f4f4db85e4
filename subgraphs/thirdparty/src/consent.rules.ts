/** Under which consent rows may stand. Pure. Source: INV-10, T-04, T-05, L-04. */

/** The purpose of consent that the rows of each table need. */
export const PURPOSES = {
  card_overdraft: 'THIRD_PARTY_COLLECT',
  phone_bill: 'THIRD_PARTY_COLLECT',
  loan_performance: 'POSTGRAD_LOAN',
} as const;

/** The privacy group of the rows of each table, which the consent must name. */
export const GROUP_OF = {
  card_overdraft: 'CARD_OVERDRAFTS',
  phone_bill: 'PHONE_BILLS',
  loan_performance: 'LOAN_PERFORMANCE',
} as const;

/** A consent that is in force at an instant: given, not withdrawn at all, not yet at its end. */
export const inForce = (at: Date) => ({
  withdrawnAt: null,
  grantedAt: { $lte: at },
  expiresAt: { $gt: at },
});
