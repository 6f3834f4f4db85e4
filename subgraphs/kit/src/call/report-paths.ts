/** Paths of the archive by which the gateway makes documents of reports, and answers who verifies them. */
export const REPORT_OPEN_PATH = '/report-open';
export const REPORT_MADE_PATH = '/report-made';
export const REPORT_VERIFIED_PATH = '/report-verified';
export const REPORT_STATUSES_PATH = '/report-statuses';

/** What a report is, once its student has shown its check code. */
export interface OpenedReport {
  readonly reportId: string;
  readonly form: 'PAPER' | 'CREDENTIAL';
  /** STUDY, CONDUCT or FULL. */
  readonly template: string;
  readonly groups: readonly string[];
  readonly watermark: string;
  readonly recipientName: string;
  readonly schoolName: string;
  readonly statusIdx: number;
  /** Instants, as ISO texts. */
  readonly issuedAt: string;
  readonly expiresAt: string;
}

/** What the holder of a code learns. `UNKNOWN` of a code that nobody was given. */
export interface VerifiedReport {
  readonly validity: 'VALID' | 'SUPERSEDED' | 'REVOKED' | 'EXPIRED' | 'UNKNOWN';
  readonly issuedOn: string | null;
  /** Whether the document has the digest that was named; null where none was. */
  readonly isDocument: boolean | null;
}

/** Places of the status list that are not valid any more. */
export interface ReportStatuses {
  readonly places: number;
  readonly revoked: readonly number[];
  readonly superseded: readonly number[];
}
