/** What one run of an import did. */
export interface ImportReport {
  readonly batchId: string;
  readonly kind: string;
  readonly rows: number;
  readonly rejected: number;
  /** Where the rejected rows are listed. */
  readonly rejectedFile?: string;
  /** Rows that changed anything; only once the batch is in force. */
  readonly changed?: number;
  /** CHECKED: a dry run. REFUSED: rows were bad, and all or nothing was asked. */
  readonly state: 'PROPOSED' | 'APPROVED' | 'CHECKED' | 'REFUSED';
}
