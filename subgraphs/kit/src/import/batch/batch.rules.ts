/** What a decision on a batch writes. Pure. Source: F-13, INV-02. */
import type { Act } from '../../change/act.js';
import type { Changes } from '../../change/write-row.js';
import type { BatchRow } from './import-batch.js';

/** Batches up to this size are applied while their reviewer waits; larger ones by a job. */
export const ROWS_AT_ONCE = 2000;

export const isLarge = ({ rows }: BatchRow): boolean => rows > ROWS_AT_ONCE;

export const approved = (_: BatchRow, { by, now }: Act): Changes<BatchRow> => ({
  state: 'APPROVED',
  approvedBy: by.subject,
  approvedAt: now,
  failure: null,
});

/** Approved, and applied by a job that judges under the same orgs. */
export const approving = (_: BatchRow, { by }: Act): Changes<BatchRow> => ({
  state: 'APPROVING',
  approvedBy: by.subject,
  approverOrgs: by.orgs,
  failure: null,
});

/** Rejected or taken back: the state says it. */
export const ended = (): Changes<BatchRow> => ({});
