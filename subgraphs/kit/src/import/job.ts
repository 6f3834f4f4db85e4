/** A kind of file that an office imports: how it is read, and how its rows come into force. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { FeedHandler } from '../feed/handler.js';
import type { Identity } from '../call/identity.js';
import type { OfficeParts } from '../server/office-parts.js';
import type { Applied, Approval, ChangedRow, Follower } from './approval.js';
import { factTable, type FactTable } from './fact-table.js';
import type { ImportKind } from './kind.js';
import type { Reason } from './reason.js';

/** A check of the staged rows against the database, in one statement. */
export interface StagedCheck {
  /** Field of the column that is wrong. */
  readonly column: string;
  readonly reason: Reason;
  /**
   * True for a wrong row; `r.value` is the row as JSON, `r.batch_id` its batch, `importer.orgs` the
   * orgs of the importer (`text[]`), `importer.at` the instant.
   */
  readonly wrong: string;
}

/**
 * A check that another office answers, after all others: at the proposal and again at the approval.
 * A dry run does not call it: that would disclose facts without leaving an access event.
 */
export interface Confirmation {
  /** Field of the column that is wrong. */
  readonly column: string;
  readonly reason: Reason;
  /**
   * Check all rows of a batch in one call; answers the lines that may not come into force.
   *
   * @throws SUBGRAPH_UNAVAILABLE when the other office does not answer.
   */
  readonly refusedLines: (
    office: OfficeParts,
    batchId: string,
    identity: Identity,
  ) => Promise<readonly number[]>;
}

export interface ImportJob {
  readonly kind: ImportKind;
  /** Row of the action table for the clerk's file. */
  readonly action: string;
  /** Row of the action table for the reviewer; without one the checks alone approve the rows. */
  readonly approval?: string;
  /** Fields that name a record; a second row with the same ones is rejected. */
  readonly key: readonly string[];
  readonly checks: readonly StagedCheck[];
  readonly confirmation?: Confirmation;
  /** Where records of this kind are stored. */
  readonly facts?: FactTable;
  /** A further condition that finds rows about a closed record (FG14); like `wrong` of a check. */
  readonly closed?: string;
  /** Fields of the stage that are made of columns with other names. */
  readonly madeOf?: Readonly<Record<string, readonly string[]>>;
  /** What is written of a row instead of its values, for instance ciphertext. */
  readonly stage?: (row: never, dataKey: Buffer) => object;
  /** Lock what the rows change or rest on, in the lock order of the office, before they are checked. */
  readonly lock?: (em: EntityManager, batchId: string) => Promise<unknown>;
  /** Apply the staged rows. */
  readonly apply: (em: EntityManager, approval: Approval) => Promise<Applied>;
  /** What the staged rows of a batch do beside what they say, in words for who reads its report. */
  readonly notes?: (em: EntityManager, batchId: string) => Promise<readonly Reason[]>;
  /** What follows from the rows that changed, in this order. */
  readonly followers?: readonly Follower[];
  /** Where the office itself keeps batches; without one they are published over the feed (G5.3). */
  readonly keepBatch?: FeedHandler;
}

/** Facts are of students whom the archive has published to this office. */
export const knownStudent: StagedCheck = {
  column: 'studentNo',
  reason: { zh: '学号不在册', en: 'no such student in the roster' },
  wrong: `not exists (select from roster s where s.student_no = r.value->>'studentNo')`,
};

/** Days that follow each other, once what a file does not say was read from the stored record. */
export const inOrder = (earlier: string, later: string): StagedCheck => ({
  column: later,
  reason: { zh: '与已存日期的先后不符', en: 'is before a day that it must follow' },
  wrong: `(r.value->>'${later}')::date < (r.value->>'${earlier}')::date`,
});

/** The part of a job that follows from its table. */
export const intoTable = (facts: FactTable): Pick<ImportJob, 'facts' | 'apply'> => ({
  facts,
  apply: factTable(facts),
});

/** The values of one reported column, each once. */
export const valuesOf = (rows: readonly ChangedRow[], column: string): string[] => [
  ...new Set(rows.map((row) => row[column]).filter((value) => typeof value === 'string')),
];
