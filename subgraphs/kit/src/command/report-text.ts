/** What the import command writes of a run and of batches: Chinese first, English beside it (F-10). */
import type { ImportReport } from '../import/report.js';
import type { SeenBatch } from './import-over-http.js';

const KIB = 1024;

interface ChangedColumn {
  readonly heading: string;
  readonly changed: number;
  readonly cleared: number;
}

const columnText = ({ heading, changed, cleared }: ChangedColumn): string =>
  `改变已存的值 stored values changed: ${heading} ${changed}` +
  (cleared > 0 ? `，其中清空 of them cleared ${cleared}` : '');

const changesText = (added: number, columns: readonly ChangedColumn[]): string[] => [
  `新记录 new records: ${added}`,
  ...columns.map(columnText),
];

const NEXT: Readonly<Record<ImportReport['state'], (report: ImportReport) => string[]>> = {
  CHECKED: () => ['试读，未保留任何数据。 A dry run: nothing was kept.'],
  REFUSED: () => ['有行被退回，未保留任何数据。 Nothing was kept, for rows were rejected.'],
  PROPOSED: ({ batchId }) => [
    `由另一人审核 A second person approves it: … -- approve ${batchId} --as <reviewer> --reason <why>`,
  ],
  APPROVED: () => [],
};

/**
 * @param isReview  The report is of a batch that somebody looks at before he approves it.
 */
export function reportText(report: ImportReport, { isReview = false } = {}): string {
  const { batchId, kind, rows, rejected, rejectedFile, changed, overwritten, notes, state } =
    report;
  const { added, columns } = report.changes;
  const peak = Math.round(process.resourceUsage().maxRSS / KIB);
  const lines = [
    `${kind}: 批次 batch ${batchId}, ${rows} 行 rows, 退回 rejected ${rejected}, ${state}`,
    ...(rejectedFile ? [`退回行 rejected rows: ${rejectedFile}`] : []),
    ...notes.map(({ zh, en }) => `${zh} ${en}`),
    ...changesText(
      added,
      columns.map(({ heading, field, ...counts }) => ({
        heading: `${heading} (${field})`,
        ...counts,
      })),
    ),
    ...(changed === undefined ? [] : [`已改变的行 rows changed: ${changed}`]),
    ...(overwritten
      ? [
          `读取之后已被他人改过的行，以文件为准 rows that others had changed since the file was read; the file stands: ${overwritten}`,
        ]
      : []),
    ...(isReview ? ['未作任何更改。 Nothing was changed.'] : NEXT[state](report)),
    `内存峰值 peak memory: ${peak} MB`,
  ];
  return `${lines.join('\n')}\n`;
}

const summary = ({ id, kind, state, rows, rejected, recordedAt }: SeenBatch): string =>
  `${id}  ${kind}  ${rows} 行 rows, 退回 rejected ${rejected}, ${state}, ${recordedAt}`;

/** What waits, a line each. */
export const listText = (batches: readonly SeenBatch[]): string =>
  batches.length > 0
    ? `${batches.map(summary).join('\n')}\n`
    : '没有待审核的批次。 Nothing waits for its reviewer.\n';

/** One batch, as its reviewer sees it before he approves it, and afterwards. */
export function batchText(batch: SeenBatch): string {
  const { basisDocNo, byForm, added, columns, errors, failure, state, rows, appliedRows } = batch;
  const lines = [
    summary(batch),
    ...(state === 'APPROVING' ? [`正在生效，已写入 being applied: ${appliedRows} / ${rows}`] : []),
    ...(byForm ? ['单条录入 one fact by form'] : []),
    ...(basisDocNo ? [`依据文件 basis document: ${basisDocNo}`] : []),
    ...changesText(added ?? 0, columns ?? []),
    ...(errors ?? []).map(
      ({ line, column, reason }) => `第 ${line} 行 line ${line}: ${column ?? '—'}: ${reason}`,
    ),
    ...(failure ? [`未能生效 not applied: ${failure}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}
