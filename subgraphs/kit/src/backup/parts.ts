/** What backups and their restoring need of an office. */
import type { EntityManager } from '../database/orm.js';
import type { FeedHandler } from '../feed/handler.js';
import type { OfficeParts } from '../server/office-parts.js';
import type { Job } from '../server/jobs.js';
import type { SealedLog } from '../seal/sealed-log.js';
import type { Erasure } from './journal.js';

export interface BackedUpOffice {
  readonly name: string;
  readonly migrations: string;
  readonly sealedLogs?: readonly SealedLog[];
  readonly jobs?: readonly Job[];
  readonly consumes: Readonly<Record<string, Readonly<Record<string, FeedHandler>>>>;
  readonly copies?: Copies;
  readonly backups?: BackupRecords;
  readonly repeatErasures?: RepeatErasures;
}

/**
 * What an office holds of what it reads from others: source → topic → SQL of `key` and `version`. After
 * a restore, what its source has no more is gone here too.
 */
export type Copies = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Whoever keeps the evidence of backups: the archive; the others publish it. */
export interface BackupRecords {
  readonly keep: FeedHandler;
  /** Says so where an office has no backup of late. */
  readonly check: (em: EntityManager, at: Date) => Promise<unknown>;
}

/** Erases again what was erased since a backup, of an office whose records are the first copy. */
export type RepeatErasures = (
  office: OfficeParts,
  erasures: readonly Erasure[],
  at: Date,
) => Promise<void>;
