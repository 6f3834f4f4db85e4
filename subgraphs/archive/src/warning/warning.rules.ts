/** What warns of a student, and who handles it by when. Pure. Source: DOMAIN 4.7. */
import { addDays } from '@chengxin/kit/clock';
import type { Group } from '@chengxin/kit/privacy/groups';
import { WarningColour } from '../supervision/warning.entity.js';

/** Points in hundredths. */
const FALL = 1000;
const BELOW_YELLOW = 8500;
const BELOW_ORANGE = 7500;
const BELOW_RED = 6000;
const GRAVE: ReadonlySet<string> = new Set(['S2', 'S3', 'S4']);
/** Twice within so many days is once too often. */
const REPEATED_WITHIN_DAYS = 365;

/** A bad record that counts in the school's view. */
export interface WarnedRecord {
  readonly recordId: string;
  readonly indicatorCode: string;
  readonly severity: string;
  readonly foundOn: string;
}

/** What the archive knows of a student who may be warned of. */
export interface WarnedFacts {
  /** The latest provisional snapshot, and its score in the school's view, in hundredths. */
  readonly snapshotId: string;
  readonly score: number;
  /** The best score of the last 30 days, and the snapshot that had it. */
  readonly best: number;
  readonly bestId: string;
  readonly records: readonly WarnedRecord[];
}

export interface Raised {
  readonly code: string;
  readonly colour: WarningColour;
  readonly rule: string;
  /** The same trigger warns once. */
  readonly key: string;
  /** Group of the trigger. */
  readonly group: Group;
  /** What met it: for the student and Student Affairs alone. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Whether it rests on the grade, which may wait for its confirmations. */
  readonly byScore: boolean;
  readonly recordIds: readonly string[];
  readonly handlerOffice: 'COL' | 'SAO';
  readonly workingDays: number;
}

const numbersOf = (records: readonly WarnedRecord[]): string[] =>
  records.map(({ recordId }) => recordId).toSorted((a, b) => a.localeCompare(b));

/** To the counsellor and his college, in ten working days. */
const YELLOW = { colour: WarningColour.YELLOW, handlerOffice: 'COL', workingDays: 10 } as const;
const ORANGE = { colour: WarningColour.ORANGE, handlerOffice: 'COL', workingDays: 5 } as const;
const RED = { colour: WarningColour.RED, handlerOffice: 'SAO', workingDays: 2 } as const;

/** A warning by the score: the records that count are what it is about, and its key. */
function byScore(
  code: string,
  rule: string,
  form: Pick<Raised, 'colour' | 'handlerOffice' | 'workingDays'>,
  { score, records }: WarnedFacts,
): Raised {
  const key = numbersOf(records).join(' ');
  const values = { score };
  return { code, rule, ...form, key, group: 'CREDIT_SCORE', values, byScore: true, recordIds: [] };
}

/** Records of one indicator of which two were found within a year. */
function repeated(records: readonly WarnedRecord[]): WarnedRecord[][] {
  const byCode = Map.groupBy(records, ({ indicatorCode }) => indicatorCode);
  return [...byCode.values()].filter((some) => {
    const days = some.map(({ foundOn }) => foundOn).toSorted((a, b) => a.localeCompare(b));
    return days.some((day, at) => {
      const next = days[at + 1];
      return next !== undefined && next <= addDays(day, REPEATED_WITHIN_DAYS);
    });
  });
}

/** All that warns of one student today. */
export function warningsOf(facts: WarnedFacts): Raised[] {
  const { score, best, bestId, records } = facts;
  const raised: Raised[] = [];
  if (best - score >= FALL)
    raised.push({
      ...byScore('W-01', 'SCORE_FELL', YELLOW, facts),
      key: bestId,
      values: { score, best },
    });
  if (score < BELOW_YELLOW && records.some(({ severity }) => GRAVE.has(severity)))
    raised.push(byScore('W-02', 'SCORE_LOW_AND_GRAVE', YELLOW, facts));
  for (const some of repeated(records))
    raised.push({
      code: 'W-03',
      rule: 'INDICATOR_TWICE',
      ...ORANGE,
      key: numbersOf(some).join(' '),
      group: 'BAD_CONDUCT',
      values: { indicatorCode: some[0]?.indicatorCode, count: some.length },
      byScore: false,
      recordIds: numbersOf(some),
    });
  if (score < BELOW_ORANGE) raised.push(byScore('W-04', 'SCORE_LOW', ORANGE, facts));
  const isGravest = records.some(({ severity }) => severity === 'S4');
  if (score < BELOW_RED || isGravest)
    raised.push(byScore('W-05', isGravest ? 'GRAVEST' : 'SCORE_LOWEST', RED, facts));
  return raised;
}

/** Rules of rows that warn by themselves. */
export type RowRule = 'DEVIATION' | 'BREACH' | 'DUE_SOON' | 'OVERDUE';

/** What a handler says of a bill: the student has three ways to turn to (T-01). */
const HELP =
  '请提醒本人：可申请缓交、助学贷款或家庭经济困难认定。 Point to deferral, student loan and hardship help.';

/** To finance, and to the counsellor: administrative, without a day. */
const BILL = {
  code: 'W-07',
  colour: WarningColour.ADM,
  groups: ['TUITION'],
  suggestedTalk: HELP,
} as const;
const PROMISE = { code: 'W-06', groups: ['COMMITMENTS', 'PENDING_CONDUCT'] } as const;

/** A warning that a row raises once, to the office whose matter it is. */
export interface RowWarning {
  readonly code: 'W-06' | 'W-07';
  readonly colour: WarningColour;
  /** Groups of the trigger, its own first. */
  readonly groups: readonly Group[];
  readonly suggestedTalk?: string;
  readonly workingDays?: number;
}

const BY_RULE: Readonly<Record<RowRule, RowWarning>> = {
  DEVIATION: { ...PROMISE, colour: YELLOW.colour, workingDays: YELLOW.workingDays },
  BREACH: { ...PROMISE, colour: ORANGE.colour, workingDays: ORANGE.workingDays },
  DUE_SOON: BILL,
  OVERDUE: BILL,
};

/** What a row warns of; a promise for aid takes the group of the aid as well (3.2). */
export function rowWarning(rule: RowRule, isAid: boolean): RowWarning {
  const warning = BY_RULE[rule];
  return isAid ? { ...warning, groups: [...warning.groups, 'LOANS_AND_AID'] } : warning;
}
