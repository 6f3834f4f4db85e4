/**
 * Whether a bill is overdue without anything that explains it, as the archive requests it from finance
 * (`POST /unexplained`) before malice is found on it: a deferred or excused bill is never found
 * malicious. Source: T-01.
 */

export const UNEXPLAINED_PATH = '/unexplained';

export interface UnexplainedQuestion {
  readonly billNo: string;
}

export interface UnexplainedAnswer {
  readonly isUnexplained: boolean;
}
