/**
 * What an office contributes to a frozen release (`POST /contribution`): of each student whom the archive
 * names the band that he is in, and never the fact that it comes from. Source: DOMAIN 3.6 (`creditViews`).
 */

export const CONTRIBUTION_PATH = '/contribution';
/** Students of one question. */
export const CONTRIBUTION_AT_MOST = 1000;

export interface ContributionQuestion {
  /** Fresh for each question: it is answered once, and the answer repeats it. */
  readonly nonce: string;
  /** Calendar day that the bands are of. */
  readonly onDay: string;
  readonly studentNos: readonly string[];
}

/** Bands by column: `{ gpaBand: '3.00-3.49' }`. */
export type Bands = Readonly<Record<string, string>>;

export interface Contribution {
  readonly nonce: string;
  /** One for each student, in the order of the question. */
  readonly bands: readonly Bands[];
}

/** An answer as it leaves the office: its text, and the office's signature over it. */
export interface SignedContribution {
  readonly text: string;
  readonly call: string;
}
