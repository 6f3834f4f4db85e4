/** What the archive imports, and what follows from each kind in the transaction of its approval. */
import { valuesOf, type ImportJob } from '@chengxin/kit/import/job';
import type { Follower } from '@chengxin/kit/import/approval';
import { auditImport } from './access/audit.import.js';
import { aidImport } from './aid/aid-record.import.js';
import { aidRoundImport } from './aid/aid-round.import.js';
import { caseImport } from './case/evaluation-case.import.js';
import { calendarImport } from './calendar/calendar-day.import.js';
import { conductImport } from './conduct/conduct-record.import.js';
import { goodImport } from './conduct/good-record.import.js';
import { consentImport } from './consent/consent.import.js';
import { loanImport } from './loan/loan-record.import.js';
import { orgImport } from './org/org.import.js';
import { noticeVersionImport } from './rules/notice-version.import.js';
import { selfEntryImport } from './self-entry/self-entry.import.js';
import { grantImport } from './staff/admin-grant.import.js';
import { staffImport } from './staff/staff.import.js';
import { studentImport } from './student/student.import.js';
import { batchesOf } from './collection/collection.consume.js';
import { followRecords } from './conduct/follow.js';
import { followRoll } from './conduct/follow-roll.js';
import { forgetEnded } from './conduct/forget-under.js';
import { inOpenArchive } from './life-cycle/archive/read-only.js';
import { bringingBack, openArchives } from './life-cycle/open-archives.js';
import { publishExcuses } from './loan/excuse.publish.js';
import { lockNamed } from './lock-order.js';

/** What is done for students, as a follower of the rows about them. */
const forStudents =
  (
    follow: (...of: [Parameters<Follower>[0], Date, readonly string[]]) => Promise<unknown>,
  ): Follower =>
  (em, { approvedAt }, rows) =>
    follow(em, approvedAt, valuesOf(rows, 'studentNo'));

const credit = forStudents(followRecords);
const roll = forStudents(followRoll);
const excuses = forStudents(publishExcuses);

/** A kind of facts about students, none of which enters an archive that is closed (F-08). */
const ofOpenArchives = (job: ImportJob): ImportJob => ({
  ...job,
  checks: [...(job.checks ?? []), inOpenArchive],
});

const KINDS: readonly (readonly [ImportJob, ...Follower[]])[] = [
  [orgImport],
  [calendarImport],
  [noticeVersionImport],
  [staffImport],
  [grantImport],
  // Whoever is imported has an archive and a credit from then on: 100 is presumed (G10.3, 4.2).
  [bringingBack(studentImport), openArchives, roll],
  [caseImport],
  [consentImport, forgetEnded],
  [auditImport],
  [ofOpenArchives(selfEntryImport)],
  [aidRoundImport],
  [ofOpenArchives(aidImport), excuses],
  [ofOpenArchives(loanImport), excuses],
  [ofOpenArchives(conductImport), credit],
  [ofOpenArchives(goodImport), credit],
];

/** Students and consents first, then what the kind counts by itself. */
const lockOf =
  ({ lock }: ImportJob): NonNullable<ImportJob['lock']> =>
  async (em, batchId) => {
    await lockNamed(em, batchId);
    await lock?.(em, batchId);
  };

/** The archive keeps its batches itself: it does not publish them to itself. */
export const IMPORTS: readonly ImportJob[] = KINDS.map(([job, ...followers]) => ({
  ...job,
  followers,
  lock: lockOf(job),
  keepBatch: batchesOf('archive'),
}));
