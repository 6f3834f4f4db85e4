/** The files in `cases/`, byte for byte as clerks brought them, on the desk of an office. */
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Identity } from '@chengxin/kit/call/identity';
import { readMapping } from '@chengxin/kit/import/mapping/read-mapping';
import type { ProposeOptions } from '@chengxin/kit/import/propose';
import type { ImportReport } from '@chengxin/kit/import/report';
import type { OfficeDefinition } from '@chengxin/kit/server/office-definition';
import type { TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';
import { openDesk } from './desk.js';

const CASES = join(import.meta.dirname, 'cases');
const EXAMPLES = join(import.meta.dirname, '../../docs/import');

export type Rejected = readonly (readonly [line: number, column: string, reason: string])[];

/** A desk for the cases of one kind. */
export async function caseDesk(college: TestCollege, office: OfficeDefinition, clerk: Identity) {
  const desk = await openDesk(college, office);
  const mappingOf = async (kind: string, map: string | undefined) => {
    const job = office.imports.find((one) => one.kind.name === kind);
    if (!job || map === undefined) return {};
    const folder = map.startsWith('10-') ? CASES : EXAMPLES;
    return { mapping: await readMapping(join(folder, map), job.kind) };
  };
  return {
    ...desk,
    /** Stage a case as the clerk. */
    async bring(
      kind: string,
      name: string,
      { map, ...options }: ProposeOptions & { map?: string } = {},
    ): Promise<ImportReport> {
      const path = join(desk.folder, name);
      await copyFile(join(CASES, name), path);
      return desk.propose(kind, path, clerk, { ...options, ...(await mappingOf(kind, map)) });
    },
    /** Line, column and English reason of what was rejected, by line. */
    async rejections(report: ImportReport): Promise<Rejected> {
      if (!report.rejectedFile) return [];
      const rows = await desk.rejected(report);
      return rows
        .map(([line, column = '', , reason = '']) => [Number(line), column, reason] as const)
        .toSorted(([a], [b]) => a - b);
    },
    /** Lines that wait, with some of their fields. */
    async waiting({ batchId }: ImportReport, ...fields: string[]): Promise<unknown[][]> {
      const rows = await asOwner<{ line: number; value: Record<string, unknown> }>(
        college,
        office.name,
        'select line, value from import_row where batch_id = $1 order by line',
        [batchId],
      );
      return rows.map(({ line, value }) => [line, ...fields.map((field) => value[field] ?? null)]);
    },
  };
}

/** The English sentence with which a file is refused. */
export const refusal = (bringing: Promise<unknown>): Promise<string> =>
  bringing.then(
    () => 'read',
    (error: { extensions: { code: string; reason: { en: string } } }) =>
      `${error.extensions.code}: ${error.extensions.reason.en}`,
  );
