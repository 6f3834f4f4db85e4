/** The two people of an office at their import: files as offices write them, and what is rejected. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Identity } from '@chengxin/kit/call/identity';
import { approve } from '@chengxin/kit/import/approve';
import { propose, type ProposeOptions } from '@chengxin/kit/import/propose';
import type { ImportReport } from '@chengxin/kit/import/report';
import { decoded, survey } from '@chengxin/kit/import/encoding';
import { records } from '@chengxin/kit/import/records';
import type { FeedEvent } from '@chengxin/kit/feed/outbox';
import type { OfficeDefinition } from '@chengxin/kit/server/office-definition';
import iconv from 'iconv-lite';
import type { TestCollege } from '../support/college.js';
import { published } from '../support/published.js';
import { asOwner } from '../support/sql.js';
import { authorizationOf } from '../support/imports.js';

type Row = Readonly<Record<string, string>>;

export interface Desk {
  /** Stage rows as a GB18030 file with Chinese headers. */
  propose(
    kind: string,
    rows: readonly Row[],
    by: Identity,
    options?: ProposeOptions,
  ): Promise<ImportReport>;
  approve(batchId: string, by: Identity): Promise<ImportReport>;
  /** Line, column and the reason in both languages of each rejected cell. */
  rejected(report: ImportReport): Promise<string[][]>;
  close(): Promise<void>;
}

const gb18030 = (rows: readonly Row[]): Buffer => {
  const heads = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => heads.map((head) => row[head] ?? '').join(','));
  return iconv.encode(`${[heads.join(','), ...lines].join('\r\n')}\r\n`, 'gb18030');
};

export async function openDesk(college: TestCollege, office: OfficeDefinition): Promise<Desk> {
  const running = college.started.offices.get(office.name);
  if (!running) throw new Error(`There is no ${office.name}.`);
  const folder = await mkdtemp(join(tmpdir(), 'chengxin-desk-'));
  return {
    async propose(kind, rows, by, options) {
      const job = office.imports.find((one) => one.kind.name === kind);
      if (!job) throw new Error(`${office.name} imports no ${kind}.`);
      const file = join(folder, `${randomUUID()}.csv`);
      await writeFile(file, gb18030(rows));
      return propose(running, job, file, authorizationOf(by), options);
    },
    approve: (batchId, by) => approve(running, office.imports, batchId, by),
    async rejected({ rejectedFile = '' }) {
      const rows: string[][] = [];
      for await (const portion of records(decoded(rejectedFile, await survey(rejectedFile)), ','))
        for (const { cells } of portion) if (cells && cells.length > 1) rows.push([...cells]);
      return rows.slice(1);
    },
    close: () => rm(folder, { recursive: true }),
  };
}

/** What an office has published so far under a topic, as it is read now. */
export const publishedBy = (
  college: TestCollege,
  office: string,
  topic: string,
): Promise<readonly FeedEvent[]> => published(college, office, topic);

/** The code of a refused call. */
export const refusalOf = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => 'not refused',
    (error: { extensions?: { code?: string } }) => error.extensions?.code ?? error,
  );

/** The constraint that refuses a statement; nothing when it passes. */
export const refusedBy = (
  college: TestCollege,
  office: string,
  sql: string,
): Promise<string | undefined> =>
  asOwner(college, office, sql).then(
    () => undefined,
    (error: { constraint?: string }) => error.constraint ?? 'no constraint',
  );
