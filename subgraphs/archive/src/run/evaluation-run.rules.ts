/** Of which day a run is, and what must be done before it goes on. Pure. Source: DOMAIN 2.4, 4.8. */
import type { Act } from '@chengxin/kit/change/act';
import { dayOf } from '@chengxin/kit/clock';
import { shaped } from '@chengxin/kit/change/documents.rules';
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import type { Moment } from '@chengxin/kit/change/guard';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { RuleBook } from '../credit/rule-book.js';
import { digestOfRules } from '../credit/rule-set.js';
import { daysOf } from '../org/semester.js';
import { EvaluationRunKind, type EvaluationRun } from './evaluation-run.entity.js';
import type { EvaluationRunPart } from './evaluation-run-part.entity.js';

/** From the year 2000 on: what is before no calendar of the school says. */
const PERIOD = /^[2-9]\d{3}H[12]$/;
const RUNS_AT_MOST = 9;

/** The last second of a day at +08:00. */
const endOf = (day: string): Date => new Date(`${day}T23:59:59+08:00`);

export interface Plan {
  readonly period: string;
  /** `YYYY-MM-DD`; the last day of the semester, when nothing is said. */
  readonly cutOffOn?: string;
}

/** What a run is planned with. */
export interface Planning {
  /** Runs of the semester that there are. */
  readonly earlier: number;
  readonly book: RuleBook;
  /** A run of a later day that is locked: this one could never be. */
  readonly laterLocked: (cutOffAt: Date) => Promise<string | undefined>;
}

/** @throws VALIDATION for a semester or a day that is none, and for one before a run that is locked. */
export async function planned(
  { period, cutOffOn }: Plan,
  { earlier, book, laterLocked }: Planning,
): Promise<Changes<EvaluationRun>> {
  shaped('period', period, PERIOD);
  const { first, last } = daysOf(period);
  const day = cutOffOn ?? last;
  if (day < first || day > last)
    throw invalid(
      'cutOffOn',
      `须在该学期内：${first} 至 ${last}。 It lies within the semester: ${first} to ${last}.`,
    );
  if (earlier >= RUNS_AT_MOST)
    throw invalid('period', '该学期的批次过多。 There are too many runs of this semester.');
  const cutOffAt = endOf(day);
  const later = await laterLocked(cutOffAt);
  if (later)
    throw invalid(
      cutOffOn ? 'cutOffOn' : 'period',
      `日期更晚的批次 ${later} 已锁定，该批次无法锁定。 Run ${later} of a later day is locked: this one never could be.`,
    );
  return {
    runId: earlier ? `${period}-${earlier + 1}` : period,
    period,
    ruleSet: book.inForceOn(day).version,
    cutOffAt,
    kind: EvaluationRunKind.OFFICIAL,
  };
}

/** It begins: what is in force on its day is known now, and stays (INV-16). */
export function begun(
  { cutOffAt }: Pick<EvaluationRun, 'cutOffAt'>,
  book: RuleBook,
): Changes<EvaluationRun> {
  const rules = book.inForceOn(dayOf(cutOffAt));
  return { ruleSet: rules.version, ruleSetSha256: digestOfRules(rules) };
}

/** How far the grades of a part, or of a run, are confirmed. */
export interface Waiting {
  /** Grades of C and D that wait for the college. */
  readonly forCollege: number;
  /** Those that wait for anybody. */
  readonly forAnybody: number;
}

const conflict = (what: string) => changeFault(ChangeErrorCode.STATE_CONFLICT, what);

/** @throws STATE_CONFLICT while a grade of C or D of the college waits for it (L-08). */
export function collegeConfirmed(
  { forCollege }: Waiting,
  { by, now }: Pick<Act, 'by' | 'now'>,
): Changes<EvaluationRunPart> {
  if (forCollege)
    throw conflict(
      `还有 ${forCollege} 个 C、D 等级待学院确认。 ${forCollege} grades of C or D wait for the college.`,
    );
  return { confirmedBy: by.subject, confirmedAt: now };
}

/** @throws STATE_CONFLICT while the students of a run have time to answer (2.4). */
export function requireWaited(
  _run: EvaluationRun,
  waitsUntil: string | undefined,
  { today }: Moment,
): void {
  if (waitsUntil && today < waitsUntil)
    throw conflict(
      `学生可在 ${waitsUntil} 之前提出异议。 The students have time to object until ${waitsUntil}.`,
    );
}

/** What must stand before a run is locked. */
export interface Locking extends Waiting {
  /** A run of a later day that is locked: evaluators read the one that was locked last. */
  readonly laterRun?: string | undefined;
}

/** @throws STATE_CONFLICT while a grade waits (L-08), or where a run of a later day is locked. */
export function locked(
  { forAnybody, laterRun }: Locking,
  { now }: Pick<Act, 'now'>,
): Changes<EvaluationRun> {
  if (forAnybody)
    throw conflict(
      `还有 ${forAnybody} 个 C、D 等级未经两人确认。 ${forAnybody} grades of C or D are not confirmed by two people.`,
    );
  if (laterRun)
    throw conflict(`日期更晚的批次 ${laterRun} 已锁定。 Run ${laterRun} of a later day is locked.`);
  return { lockedAt: now };
}
