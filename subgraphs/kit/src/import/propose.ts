/** The clerk's half of an import: a file becomes a batch that waits for a second person (F-13). */
import { basename } from 'node:path';
import { execute, forkOf, type EntityManager } from '../database/orm.js';
import type { Identity } from '../call/identity.js';
import type { OfficeParts } from '../server/office-parts.js';
import { applyBatch } from './approve.js';
import { remembering, publishBatch, type BatchError } from './batch.publish.js';
import { countChanges, type BatchChanges } from './changes.js';
import { clearedFields } from './clears.js';
import type { Encoding } from './encoding.js';
import type { ImportJob } from './job.js';
import { requireAction, logged } from './require-action.js';
import type { Mapping } from './mapping/mapping.js';
import { notesOf } from './notes.js';
import type { Reason } from './reason.js';
import { readFile, type ImportFile } from './read.js';
import { forgetTornLists, rejectedFile, type RejectedFile } from './rejected.js';
import type { ImportReport } from './report.js';
import {
  doubledChecks,
  forgetTorn,
  giveUp,
  readAll,
  reject,
  rejectLines,
  replaced,
} from './stage.js';
import { keepUnsaid } from './unsaid.js';

export interface ProposeOptions {
  /** Number of the basis document (F-13). */
  readonly basisDocNo?: string;
  /** Check the file and keep nothing of it. */
  readonly dryRun?: boolean;
  /** Keep no row when one is bad. */
  readonly allOrNothing?: boolean;
  /** Put the cells into the list of rejected rows. */
  readonly withValues?: boolean;
  /** How the file of another system is to be read. */
  readonly mapping?: Mapping;
  /** How the text is written, where the bytes do not show it. */
  readonly encoding?: Encoding;
  /** Fields or headings whose empty cells clear what is stored. */
  readonly emptyClears?: readonly string[];
  /** What the batch calls the file, where it is not its own name. */
  readonly fileName?: string;
  /** Called with the first reasons for which rows were rejected, once all are known. */
  readonly onRejected?: (errors: readonly BatchError[]) => void;
  /** Called now and then with the number of rows read, of about how many. */
  readonly onProgress?: (rows: number, of: number) => void;
}

/** Authorizes the import of the bytes of this digest: those that are read, and no others. */
export type AuthorizeImport = (digest: string) => Promise<Identity>;

/** What the operation log gives as the reason of a run that keeps nothing. */
const DRY_RUN = 'dry run';

interface Filling {
  readonly file: ImportFile<unknown>;
  readonly list: RejectedFile;
  readonly batchId: string;
  readonly identity: Identity;
  readonly clears: ReadonlySet<string>;
}

interface Staged {
  readonly rows: number;
  readonly rejected: number;
  readonly changes: BatchChanges;
  readonly staged: readonly Reason[];
}

/** Read the file into the stage and take out what the checks find. */
async function fill(
  office: OfficeParts,
  job: ImportJob,
  { file, list, batchId, identity, clears }: Filling,
  { dryRun, onProgress = () => {} }: ProposeOptions,
): Promise<Staged> {
  const read = await readAll(office, job, batchId, file, list, { onProgress, clears });
  const at = office.config.clock.now();
  const em = forkOf(office.orm);
  const staged = { em, batchId, orgs: identity.orgs, at };
  let late = 0;
  for (const check of doubledChecks(job)) late += await reject(staged, check, list);
  await em.transactional((inner) => keepUnsaid(inner as EntityManager, job, batchId));
  for (const check of job.checks) late += await reject(staged, check, list);
  const { confirmation } = job;
  if (confirmation && !dryRun) {
    const lines = await confirmation.refusedLines(office, batchId, identity);
    const { column, reason } = confirmation;
    late += await rejectLines(em, batchId, lines, { column, reason }, list);
  }
  const changes = await em.transactional((inner) =>
    countChanges(inner as EntityManager, job, batchId),
  );
  const notes = (await job.notes?.(em, batchId)) ?? [];
  return { rows: read.rows - late, rejected: read.rejected + late, changes, staged: notes };
}

/** The batch is there, and the operation log says who runs the file, be it a dry run or not (G19.2). */
function begin(
  { orm, config }: OfficeParts,
  job: ImportJob,
  identity: Identity,
  file: { readonly name: string; readonly digest: string },
  { basisDocNo, dryRun }: ProposeOptions,
): Promise<string> {
  return forkOf(orm).transactional(async (inner) => {
    const em = inner as EntityManager;
    const now = config.clock.now();
    const { name: kind } = job.kind;
    const [batch] = await execute<{ id: string }>(
      em,
      `insert into import_batch (kind, file_name, file_sha256, basis_doc_no, state, recorded_by, recorded_at)
       values (?, ?, ?, ?, 'READING', ?, ?) returning id`,
      [kind, file.name, file.digest, basisDocNo ?? null, identity.subject, now],
    );
    const { id } = batch ?? { id: '' };
    const why = dryRun ? DRY_RUN : undefined;
    await logged(em, identity, now, job.action, `${kind} ${id}`, why);
    return id;
  });
}

interface Filled {
  readonly batchId: string;
  readonly fileDigest: string;
  readonly rows: number;
  readonly rejected: number;
  readonly errors: readonly BatchError[];
  readonly changes: BatchChanges;
}

/** The batch is whole and waits. */
async function close(
  { orm, config }: OfficeParts,
  job: ImportJob,
  { batchId, changes, ...filled }: Filled,
): Promise<void> {
  await forkOf(orm).transactional(async (inner) => {
    const em = inner as EntityManager;
    const { rows, rejected } = filled;
    const now = config.clock.now();
    const { name: kind } = job.kind;
    const closed = await execute(
      em,
      `update import_batch set state = 'PROPOSED', row_count = ?, rejected_count = ?,
         changes = ?::jsonb, errors = ?::jsonb
       where id = ? and state = 'READING' returning id`,
      [rows, rejected, JSON.stringify(changes), JSON.stringify(filled.errors), batchId],
    );
    if (closed.length === 0) throw replaced(batchId);
    await publishBatch(em, job, batchId, { kind, receivedAt: now, ...filled });
  });
}

/**
 * Stage a clerk's file as a batch that waits for a second person. Bad rows are listed beside the
 * file with line, column and reason; nothing of the batch is approved yet.
 *
 * @param authorizeImport  Called once the file has been opened.
 * @throws FORBIDDEN_ACTION for a role that the action table does not name.
 * @throws VALIDATION for a file that is not of this kind.
 */
export async function propose(
  office: OfficeParts,
  job: ImportJob,
  path: string,
  authorizeImport: AuthorizeImport,
  options: ProposeOptions = {},
): Promise<ImportReport> {
  const em = forkOf(office.orm);
  const { withValues = false, mapping, encoding, emptyClears = [] } = options;
  const reading = { withValues, ...(mapping && { mapping }), ...(encoding && { encoding }) };
  const file = await readFile(path, job.kind, reading);
  const identity = await authorizeImport(file.digest);
  requireAction(identity, job.action);
  const clears = clearedFields(job.kind, file.columns, emptyClears);
  const { fileName = basename(path) } = options;
  const name = mapping ? `${fileName} (${mapping.name})` : fileName;
  const kind = job.kind.name;
  await forgetTorn(em, kind, file.digest, identity.subject);
  await forgetTornLists(path);
  const batchId = await begin(office, job, identity, { name, digest: file.digest }, options);
  const list = remembering(rejectedFile(path, { withValues }));
  try {
    const filling = { file, list, batchId, identity, clears };
    const { rows, rejected, changes, staged } = await fill(office, job, filling, options);
    const listed = await list.finish();
    const found = { batchId, kind, rows, rejected, changes };
    const notes = [...notesOf(file, mapping !== undefined), ...staged];
    const { first: errors } = list;
    options.onRejected?.(errors);
    const done = { ...found, notes, ...(listed && { rejectedFile: listed }) };
    const isRefused = options.allOrNothing === true && rejected > 0;
    if (options.dryRun || isRefused) {
      await giveUp(forkOf(office.orm), batchId);
      return { ...done, state: options.dryRun ? 'CHECKED' : 'REFUSED' };
    }
    const { digest: fileDigest } = file;
    await close(office, job, { batchId, fileDigest, rows, rejected, errors, changes });
    const report: ImportReport = { ...done, state: 'PROPOSED' };
    return job.approval
      ? report
      : { ...report, ...(await applyBatch(office, job, batchId, identity)) };
  } catch (error) {
    await list.discard();
    await giveUp(forkOf(office.orm), batchId);
    throw error;
  }
}
