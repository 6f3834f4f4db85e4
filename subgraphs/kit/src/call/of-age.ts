/**
 * Whether students were of age at acts, as an office requests it from the archive (`POST /of-age`):
 * one act, yes or no. Nobody's age is published. Source: DOMAIN 0.2, INV-05, T-03.
 */

export const OF_AGE_PATH = '/of-age';

export interface AgeQuestion {
  /** All acts of a batch at once; the same act twice is one act. */
  readonly acts: readonly Act[];
}
export interface Act {
  readonly studentNo: string;
  /** Day of the act at +08:00. */
  readonly actOn: string;
}

export interface AgeAnswer {
  /** In the order of the acts; false also for a student whom the archive does not have. */
  readonly ofAge: readonly boolean[];
}
