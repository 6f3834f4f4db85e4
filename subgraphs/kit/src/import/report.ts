import type { BatchChanges } from './changes.js';
import type { Reason } from './reason.js';

/** What one run of an import did. */
export interface ImportReport {
  readonly batchId: string;
  readonly kind: string;
  readonly rows: number;
  readonly rejected: number;
  /** Where the rejected rows are listed. */
  readonly rejectedFile?: string;
  /** Rows that changed anything; only once the batch is approved. */
  readonly changed?: number;
  /** New records, and how many stored values each column changes. */
  readonly changes: BatchChanges;
  /** What was passed over, in words: hidden rows, headings that are not read. */
  readonly notes: readonly Reason[];
  /** Of these, rows that others had changed since the file was read; what the file says stands. */
  readonly overwritten?: number;
  /** CHECKED: a dry run. REFUSED: rows were bad, and all or nothing was requested. */
  readonly state: 'PROPOSED' | 'APPROVED' | 'CHECKED' | 'REFUSED';
}
