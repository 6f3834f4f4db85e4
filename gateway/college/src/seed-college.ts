/** Fills a college: writes the demo files and imports them as the offices' own people would. */
import { mkdirSync } from 'node:fs';
import { loginAs } from '@chengxin/kit/command/login';
import { requestAuthorization } from '@chengxin/kit/import/authority';
import { approve } from '@chengxin/kit/import/approve';
import { propose } from '@chengxin/kit/import/propose';
import type { College } from './college.js';
import { demoIn, markSeeded } from './demo-marks.js';
import { releaseDemoStatistics } from './demo-statistics.js';
import { publishEntryTexts } from './demo-texts.js';
import { recordTrainings } from './demo-trainings.js';
import { writeDemoFile, type DemoFile } from './demo/file.js';
import { generateCollege } from './demo/generate.js';
import { OFFICE_PEOPLE } from './office-people.js';

/** A file that was imported and approved. */
export interface Imported {
  readonly rows: number;
  readonly path: string;
  /** Time of both halves of the import, without requesting authorization. */
  readonly ms: number;
}

export interface Seeding {
  readonly students: number;
  readonly onFile?: (file: DemoFile, imported: Imported) => void | Promise<void>;
}

function tokens({ issuer, audience }: College) {
  const known = new Map<string, Promise<string>>();
  return (person: string): Promise<string> => {
    const token = known.get(person) ?? loginAs({ issuer, audience, person });
    known.set(person, token);
    return token;
  };
}

/** What the other offices published must be consumed before an office's rows can refer to it. */
async function settle({ started }: College): Promise<void> {
  for (const office of started.offices.values())
    for (const feed of office.feeds) await feed.settle();
}

async function importDemoFile(
  college: College,
  file: DemoFile,
  path: string,
  tokenOf: (person: string) => Promise<string>,
): Promise<Imported> {
  const office = college.started.offices.get(file.office);
  const jobs = college.definitions.find(({ name }) => name === file.office)?.imports ?? [];
  const job = jobs.find(({ kind }) => kind.name === file.kind);
  if (!office || !job) throw new Error(`${file.office} imports no ${file.kind}.`);
  const [clerk = '', reviewer = ''] = file.by ?? OFFICE_PEOPLE[file.office] ?? [];
  const authorize = async (person: string, action: string, target: string) =>
    requestAuthorization(office.config, college.gateway.origin, await tokenOf(person), {
      office: file.office,
      actions: [action],
      target,
    });
  let authorizing = 0;
  let from = performance.now();
  const report = await propose(office, job, path, async (digest) => {
    const since = performance.now();
    const identity = await authorize(clerk, job.action, digest);
    authorizing = performance.now() - since;
    return identity;
  });
  let ms = performance.now() - from - authorizing;
  if (report.rejected)
    throw new Error(
      `${file.kind}: ${report.rejected} rows are rejected, see ${report.rejectedFile}.`,
    );
  if (job.approval) {
    const second = await authorize(reviewer, job.approval, report.batchId);
    from = performance.now();
    await approve(office, jobs, report.batchId, second);
    ms += performance.now() - from;
  }
  return { rows: report.rows, path, ms };
}

/**
 * Write the files of a demo college and import them through the path that offices use, with the training
 * of whom they make administrators; then publish what students sign at entry, and release the statistics of the half-year that is over.
 */
export async function seedCollege(college: College, seeding: Seeding): Promise<void> {
  const folder = demoIn(college.folder);
  mkdirSync(folder, { recursive: true });
  const tokenOf = tokens(college);
  const now = new Date();
  for (const file of generateCollege(seeding.students, now)) {
    if (file.kind === 'grants') await recordTrainings(college, tokenOf, now);
    const imported = await importDemoFile(college, file, writeDemoFile(folder, file), tokenOf);
    await seeding.onFile?.(file, imported);
    await settle(college);
  }
  await publishEntryTexts(college, tokenOf);
  await releaseDemoStatistics(college, tokenOf, now);
  markSeeded(college.folder, seeding.students);
}
