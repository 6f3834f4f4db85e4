/**
 * Whether overdue bills of students are excused, as the archive requests it from finance (`POST
 * /overdue`) for finance's own people: one rule decides, by the category of the bill. Source: note
 * 14, T-01.
 */

export const OVERDUE_PATH = '/overdue';

export interface OverdueQuestion {
  readonly studentNos: readonly string[];
}

export type OverdueFlag = 'EXCUSED' | 'NOT_EXCUSED';

export interface OverdueAnswer {
  /** By student number; who has no overdue bill is not in it. */
  readonly flags: Readonly<Record<string, OverdueFlag>>;
}
