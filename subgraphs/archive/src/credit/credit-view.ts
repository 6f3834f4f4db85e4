/** From a stored snapshot to what one caller sees. Pure. Source: DOMAIN 3.4, 3.7(14), 4.4. */
import { numberBand } from '@chengxin/kit/privacy/bands';
import { originOf } from '../rules/indicator.loader.js';
import type { Line } from './credit-record.js';
import type { Credit, DimensionScore, LedgerLine } from './credit.entity.js';
import type { CreditView } from './credit.rules.js';
import type { CreditSnapshot, CreditSnapshotState } from './credit-snapshot.entity.js';

/** A snapshot in one view. */
export interface ShownSnapshot {
  readonly studentNo: string;
  readonly snapshotId: string;
  readonly ruleSet: string;
  readonly onDay: string;
  readonly grade: string;
  readonly view: CreditView;
}

/** A snapshot as it is stored, with the view of it that a caller may see. */
export interface StoredSnapshot {
  readonly snapshotId: string;
  readonly studentNo: string;
  readonly runId: string | null;
  readonly state: CreditSnapshotState;
  readonly onDay: string;
  readonly ruleSet: string;
  readonly grade: string;
  readonly scoreExcludingDisputed: number;
  readonly school: CreditView;
  readonly view: CreditView;
  readonly confirmedBy: string[];
  readonly supersedes: string | null;
  readonly supersededBy: string | null;
}

const POINT = 100;
const scoreBand = numberBand('Credit', 'score');

/** `95-99.99`: the band of five points in which a score lies, given in hundredths (masks.csv). */
export const bandOf = (score: number): string => scoreBand((score / POINT).toFixed(2));

const share = (percent: number | undefined): string | undefined =>
  percent === undefined ? undefined : (percent / POINT).toFixed(2);

const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;

const lineOf = (studentNo: string, line: Line, index: number): LedgerLine =>
  defined({
    studentNo,
    seq: index + 1,
    recordId: line.recordId,
    capCode: line.capCode,
    indicatorCode: line.indicatorCode,
    base: line.base,
    weight: line.weightTenths === undefined ? undefined : (line.weightTenths / 10).toFixed(1),
    repetition: share(line.repetitionPercent),
    timeFactor: share(line.timePercent),
    repairFactor: share(line.repairPercent),
    points: line.points,
    group: line.indicatorCode && originOf(line.indicatorCode),
  }) as LedgerLine;

const dimensionsOf = (studentNo: string, { dimensions }: CreditView): DimensionScore[] =>
  Object.entries(dimensions).map(([code, score]) => ({ studentNo, code, score }));

/** The credit object; always one, its fields empty when there is nothing to show. */
export function creditView(
  studentNo: string,
  shown: ShownSnapshot | null,
  isFull: boolean,
): Credit {
  if (!shown) return { studentNo };
  const { snapshotId, ruleSet, onDay, grade, view } = shown;
  return {
    studentNo,
    snapshotId,
    view: isFull ? 'FULL' : 'SCHOOL',
    grade,
    asOf: onDay,
    ruleSetVersion: ruleSet,
    score: view.score,
    scoreMasked: bandOf(view.score),
    dimensions: dimensionsOf(studentNo, view),
    ledger: view.lines.map((line, index) => lineOf(studentNo, line, index)),
  };
}

/** One of a student's snapshots. What the full view says beside the school's is for the student. */
export function snapshotOf(isFull: boolean, stored: StoredSnapshot): CreditSnapshot {
  const { studentNo, snapshotId, runId, state, onDay, ruleSet, grade, school, view } = stored;
  const { scoreExcludingDisputed, confirmedBy, supersedes, supersededBy } = stored;
  return {
    studentNo,
    snapshotId,
    state,
    asOf: onDay,
    ruleSetVersion: ruleSet,
    schoolGrade: grade,
    schoolScore: school.score,
    schoolScoreMasked: bandOf(school.score),
    scoreExcludingDisputed,
    dims: dimensionsOf(studentNo, school),
    lines: view.lines.map((line, index) => lineOf(studentNo, line, index)),
    confirmedBy,
    ...(isFull && { fullGrade: grade, fullScore: view.score }),
    ...(runId && { runId }),
    ...(supersedes && { supersedes }),
    ...(supersededBy && { supersededBy }),
  };
}
