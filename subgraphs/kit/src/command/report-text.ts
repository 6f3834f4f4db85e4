/** What the import command writes of a run. */
import type { ImportReport } from '../import/report.js';

const KIB = 1024;

const changedText = ({ changes }: ImportReport): string[] => [
  `new records: ${changes.added}`,
  ...changes.columns.map(
    ({ heading, field, changed, cleared }) =>
      `stored values changed: ${heading} (${field}) ${changed}${cleared > 0 ? `, of them cleared ${cleared}` : ''}`,
  ),
];

const NEXT: Readonly<Record<ImportReport['state'], (report: ImportReport) => string[]>> = {
  CHECKED: () => ['A dry run: nothing was kept.'],
  REFUSED: () => ['Nothing was kept, for rows were rejected.'],
  PROPOSED: ({ batchId }) => [
    `A second person approves it: … -- approve ${batchId} --as <reviewer> --reason <why>`,
  ],
  APPROVED: () => [],
};

/**
 * @param isReview  The report is of a batch that somebody looks at before he approves it.
 */
export function reportText(report: ImportReport, { isReview = false } = {}): string {
  const { batchId, kind, rows, rejected, rejectedFile, changed, overwritten, notes, state } =
    report;
  const peak = Math.round(process.resourceUsage().maxRSS / KIB);
  const lines = [
    `${kind}: batch ${batchId}, ${rows} rows, ${rejected} rejected, ${state}`,
    ...(rejectedFile ? [`rejected rows: ${rejectedFile}`] : []),
    ...notes.map(({ zh, en }) => `${zh} ${en}`),
    ...changedText(report),
    ...(changed === undefined ? [] : [`rows changed: ${changed}`]),
    ...(overwritten
      ? [`rows that others had changed since the file was read: ${overwritten}; the file stands`]
      : []),
    ...(isReview ? ['Nothing was changed.'] : NEXT[state](report)),
    `peak memory: ${peak} MB`,
  ];
  return `${lines.join('\n')}\n`;
}
