/** What an approval gives to those who apply and follow it. */
import type { EntityManager } from '@mikro-orm/postgresql';

/** Who "approves" where the table names no second person: the checks of the office (3.8). */
export const AUTOMATIC = 'automatic checks';

/** Who proposed the rows and who approved them: two people (INV-02). */
export interface Approval {
  readonly batchId: string;
  readonly recordedBy: string;
  readonly recordedAt: Date;
  readonly approvedBy: string;
  readonly approvedAt: Date;
  /** Number of the basis document, if the clerk named one (F-13). */
  readonly basisDocNo?: string;
  /** To be called with how many rows others have changed since the clerk's file was read. */
  readonly onOverwritten: (rows: number) => void;
  /** To be called with how many rows are applied so far: of a large batch, which goes in steps. */
  readonly onApplied?: (rows: number) => void;
}

/** A row that an approval changed, in the columns that its job reports. */
export type ChangedRow = Readonly<Record<string, unknown>>;

/** What an approval changed. */
export interface Applied {
  readonly count: number;
  /** Each once; none of a job that reports no columns. */
  readonly rows: readonly ChangedRow[];
}

/** What follows from changed rows, in the transaction of the approval. */
export type Follower = (
  em: EntityManager,
  approval: Approval,
  rows: readonly ChangedRow[],
) => Promise<unknown>;
