/** When an archive may be closed, and what each step writes. Pure. Source: DOMAIN 2.4, 3.6, G10.1, T-05. */
import type { Act } from '@chengxin/kit/change/act';
import { documentNo } from '@chengxin/kit/change/documents.rules';
import { ChangeErrorCode, changeFault } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import { addMonths } from '@chengxin/kit/clock';
import { EnrolmentStatus } from '../student/student.entity.js';
import type { Archive } from '../life-cycle/archive.entity.js';

/** Months for which a closed archive is kept `[P]` (3.6): two years. */
const KEPT_MONTHS = 24;

/** Enrolment that is over without a graduation: expulsion, withdrawal, transfer (2.4). */
const LEFT: ReadonlySet<EnrolmentStatus> = new Set([
  EnrolmentStatus.WITHDRAWN,
  EnrolmentStatus.TRANSFERRED,
  EnrolmentStatus.EXPELLED,
]);
const GRADUATED: ReadonlySet<EnrolmentStatus> = new Set([
  EnrolmentStatus.GRADUATED,
  EnrolmentStatus.COMPLETED,
]);

/** What of a student decides whether his archive may be closed. */
export interface Leaving {
  readonly enrolmentStatus: EnrolmentStatus;
  /** Day of graduation of a list that academic affairs published; null where he stands on none. */
  readonly graduationOn: string | null;
  readonly isRemarkSigned: boolean;
}

/** Something of a student that is not settled yet, in zh-CN and English. */
export type OpenMatter = readonly [zh: string, en: string];

const refused = (what: string) => changeFault(ChangeErrorCode.STATE_CONFLICT, what);

const graduates = ({ enrolmentStatus, graduationOn }: Leaving): boolean =>
  graduationOn !== null || GRADUATED.has(enrolmentStatus);

/** Whether a student graduates, or has left. */
export const leaves = (leaving: Leaving | undefined): boolean =>
  leaving !== undefined && (graduates(leaving) || LEFT.has(leaving.enrolmentStatus));

/** `尚有未办结事项：申诉、信用修复。 Not settled yet: an appeal, a repair.` */
function requireSettled(matters: readonly OpenMatter[]): void {
  if (!matters.length) return;
  const zh = matters.map(([word]) => word).join('、');
  const en = matters.map(([, words]) => words).join(', ');
  throw refused(`尚有未办结事项：${zh}。 Not settled yet: ${en}.`);
}

/**
 * Closing begins with the graduation list, or once the student has left.
 *
 * @throws STATE_CONFLICT for whoever does neither, and for matters that are not settled.
 */
export function requireLeaving(leaving: Leaving, matters: readonly OpenMatter[]): void {
  if (!leaves(leaving))
    throw refused(
      '该学生既不在毕业名单中，也未离校。 The student stands on no graduation list and has not left.',
    );
  requireSettled(matters);
}

/**
 * Of somebody who never came nothing is under way: what is, would be before nobody any more.
 *
 * @throws STATE_CONFLICT for matters that are not settled.
 */
export const requireNeverCame = (matters: readonly OpenMatter[]): void => requireSettled(matters);

/**
 * An archive is closed on the day of graduation or later, with the remark of a graduate signed.
 *
 * @throws STATE_CONFLICT for what is missing.
 */
export function requireDue(leaving: Leaving, matters: readonly OpenMatter[], today: string): void {
  requireSettled(matters);
  const { graduationOn, isRemarkSigned } = leaving;
  if (graduationOn && graduationOn > today)
    throw refused(`毕业日期为 ${graduationOn}。 The day of graduation is ${graduationOn}.`);
  if (graduates(leaving) && !isRemarkSigned)
    throw refused('毕业评语尚未签署。 The remark at graduation is not signed yet.');
}

/** Begun, or void: the state says it. */
export const stateOfArchive = (): Changes<Archive> => ({});

/**
 * Closed with the final report issued; it is kept for two years from then on.
 *
 * @throws VALIDATION for a blank number of the report.
 */
export const closed =
  (finalReportNo: string) =>
  (_: Archive, { today }: Act): Changes<Archive> => ({
    closedOn: today,
    retentionUntil: addMonths(today, KEPT_MONTHS),
    finalReportNo: documentNo('finalReportNo', finalReportNo),
  });
