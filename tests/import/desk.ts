/** The two people of an office and their files, whatever form these have. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Identity } from '@chengxin/kit/call/identity';
import { approve, review } from '@chengxin/kit/import/approve';
import { readMapping } from '@chengxin/kit/import/mapping/read-mapping';
import { openTable } from '@chengxin/kit/import/open-table';
import { propose, type ProposeOptions } from '@chengxin/kit/import/propose';
import type { ImportReport } from '@chengxin/kit/import/report';
import type { OfficeDefinition } from '@chengxin/kit/server/office-definition';
import type { TestCollege } from '../support/college.js';
import { authorizationOf } from '../support/imports.js';

/** The mappings that clerks copy. */
const EXAMPLES = join(import.meta.dirname, '../../docs/import');

export interface Desk {
  /** Name of the office. */
  readonly office: string;
  readonly folder: string;
  /** Put a file on the desk. */
  file(name: string, content: string | Buffer): Promise<string>;
  propose(
    kind: string,
    file: string,
    by: Identity,
    options?: ProposeOptions,
  ): Promise<ImportReport>;
  /** The same by one of the shipped mappings. */
  proposeBy(example: string, kind: string, file: string, by: Identity): Promise<ImportReport>;
  /** What a batch would change, for its reviewer. */
  review(batchId: string, by: Identity): Promise<ImportReport>;
  approve(batchId: string, by: Identity): Promise<ImportReport>;
  /** Line, column and the reason in both languages of each rejected cell. */
  rejected(report: ImportReport): Promise<readonly (readonly string[])[]>;
  close(): Promise<void>;
}

export async function openDesk(college: TestCollege, office: OfficeDefinition): Promise<Desk> {
  const running = college.started.offices.get(office.name);
  if (!running) throw new Error(`There is no ${office.name}.`);
  const folder = await mkdtemp(join(tmpdir(), 'chengxin-desk-'));
  const jobOf = (kind: string) => {
    const job = office.imports.find((one) => one.kind.name === kind);
    if (!job) throw new Error(`${office.name} imports no ${kind}.`);
    return job;
  };
  return {
    office: office.name,
    folder,
    async file(name, content) {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    },
    propose: (kind, file, by, options) =>
      propose(running, jobOf(kind), file, authorizationOf(by), options),
    async proposeBy(example, kind, file, by) {
      const job = jobOf(kind);
      const mapping = await readMapping(join(EXAMPLES, `${example}.yaml`), job.kind);
      return propose(running, job, file, authorizationOf(by), { mapping });
    },
    review: (batchId, by) => review(running, office.imports, batchId, by),
    approve: (batchId, by) => approve(running, office.imports, batchId, by),
    async rejected({ rejectedFile = '' }) {
      const rows = await Array.fromAsync((await openTable(rejectedFile)).records());
      return rows.slice(1).map(({ cells }) => cells ?? []);
    },
    close: () => rm(folder, { recursive: true }),
  };
}
