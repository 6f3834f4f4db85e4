/** One line of the ledger. Pure, in integers: hundredths of a point. Source: DOMAIN 4.2, 4.5. */
import { addDays, daysBetween } from '@chengxin/kit/clock';
import type { Group } from '@chengxin/kit/privacy/groups';
import type { BadRecord, GoodRecordPoints, Line } from './credit-record.js';
import type { RuleSet } from './rule-set.js';

const PERCENT = 100;
const TENTHS = 10;

/** A quotient of whole numbers, rounded half-up. */
const halfUp = (dividend: number, divisor: number): number =>
  Math.floor((2 * dividend + divisor) / (2 * divisor));

/** Share of its points that a line of some age has. */
function fadingAt(steps: RuleSet['fading']['GOOD'], age: number): number {
  if (age < 0) return 0;
  return steps.find(({ throughDay }) => age <= throughDay)?.percent ?? 0;
}

/** Days that a bad record has aged; none while its duty is open (4.5). */
function ageOf({ effectiveOn, duty }: BadRecord, on: string): number {
  if (on < effectiveOn) return -1;
  if (!duty) return daysBetween(effectiveOn, on);
  if (duty.curedOn === null || duty.curedOn > on) return 0;
  return daysBetween(duty.curedOn > effectiveOn ? duty.curedOn : effectiveOn, on);
}

/** Origins of what third parties report: unseen by the school (T-04). */
export const THIRD_PARTY_ORIGINS: readonly Group[] = [
  'CARD_OVERDRAFTS',
  'PHONE_BILLS',
  'LOAN_PERFORMANCE',
];

export const isThirdParty = (rules: RuleSet, indicatorCode: string): boolean => {
  const origin = rules.indicators.get(indicatorCode)?.origin;
  return origin !== undefined && THIRD_PARTY_ORIGINS.includes(origin);
};

/** The rule sets of which the mildest scores a record: the one that scores now, and those since it was found (INV-16). */
const rulesOf = (
  rules: RuleSet,
  { earlierRules = [] }: Pick<BadRecord, 'earlierRules'>,
): readonly RuleSet[] => [
  rules,
  ...earlierRules.filter(({ version }) => version !== rules.version),
];

/** Whether something holds of a record by every rule set that could score it. */
export const byEachRule = (
  rules: RuleSet,
  record: Pick<BadRecord, 'earlierRules'>,
  holds: (one: RuleSet) => boolean,
): boolean => rulesOf(rules, record).every(holds);

/** The mildest of the lines that each rule set gives a record, with the version of an earlier one. */
function mildest(
  rules: RuleSet,
  record: Pick<BadRecord, 'earlierRules'>,
  lineBy: (one: RuleSet) => Line,
): Line {
  return rulesOf(rules, record)
    .map((one) => {
      const line = lineBy(one);
      return one === rules ? line : { ...line, ruleSet: one.version };
    })
    .reduce((best, line) => (line.points > best.points ? line : best));
}

/** Whether a bad record is past its last day by one of its rule sets; none is while its duty is open (4.5). */
export function hasExpired(rules: RuleSet, record: BadRecord, on: string): boolean {
  const age = ageOf(record, on);
  const counts = byEachRule(
    rules,
    record,
    ({ fading }) => fadingAt(fading[record.severity], age) > 0,
  );
  return age >= 0 && !counts;
}

/** Shares by time and by state; a record of which either is nothing does not count any more. */
export interface Weight {
  readonly timePercent: number;
  readonly repairPercent: number;
}
export function weightOf(rules: RuleSet, record: BadRecord, on: string): Weight {
  return {
    timePercent: fadingAt(rules.fading[record.severity], ageOf(record, on)),
    repairPercent: rules.repairPercent[record.state] ?? 0,
  };
}
export const counts = (rules: RuleSet, record: BadRecord, on: string): boolean =>
  byEachRule(rules, record, (one) => {
    const { timePercent, repairPercent } = weightOf(one, record, on);
    return timePercent > 0 && repairPercent > 0 && !one.neverScored.includes(record.indicatorCode);
  });

const comesBefore = (a: BadRecord, b: BadRecord): boolean =>
  a.occurredOn < b.occurredOn || (a.occurredOn === b.occurredOn && a.recordId < b.recordId);

/** Counting school records of the same dimension in the days before (4.2). Order does not matter. */
function earlier(rules: RuleSet, record: BadRecord, counting: readonly BadRecord[]): number {
  const dimensionOf = (code: string) => rules.indicators.get(code)?.dimension;
  const from = addDays(record.occurredOn, -rules.repetition.windowDays);
  return counting.filter(
    (other) =>
      other.recordId !== record.recordId &&
      dimensionOf(other.indicatorCode) === dimensionOf(record.indicatorCode) &&
      !isThirdParty(rules, other.indicatorCode) &&
      other.occurredOn >= from &&
      comesBefore(other, record),
  ).length;
}

function repetitionOf(rules: RuleSet, record: BadRecord, counting: readonly BadRecord[]): number {
  const { percent } = rules.repetition;
  if (isThirdParty(rules, record.indicatorCode)) return percent[0] ?? PERCENT;
  return percent[Math.min(earlier(rules, record, counting), percent.length - 1)] ?? PERCENT;
}

/** Points of a line by its numbers: of a bad record ≤ 0; rounded half-up. */
export function pointsOf(line: Omit<Line, 'points'>): number {
  const { base = 0, weightTenths, repetitionPercent = PERCENT, timePercent = PERCENT } = line;
  if (weightTenths === undefined) return halfUp(base * timePercent, PERCENT);
  const product =
    base * weightTenths * repetitionPercent * timePercent * (line.repairPercent ?? PERCENT);
  return -halfUp(product, TENTHS * PERCENT ** 3) || 0;
}

/**
 * The line of a counting bad record.
 *
 * @param counting  All bad records that count at the day, this one among them.
 * @returns         Points ≤ 0, rounded half-up.
 */
export const badLine = (
  rules: RuleSet,
  record: BadRecord,
  counting: readonly BadRecord[],
  on: string,
): Line => mildest(rules, record, (one) => badLineBy(one, record, counting, on));

function badLineBy(
  rules: RuleSet,
  record: BadRecord,
  counting: readonly BadRecord[],
  on: string,
): Line {
  const { indicatorCode, recordId } = record;
  const indicator = rules.indicators.get(indicatorCode);
  const base = rules.base[record.severity];
  const weightTenths = indicator?.weightTenths ?? 0;
  const repetitionPercent = repetitionOf(rules, record, counting);
  const { timePercent, repairPercent } = weightOf(rules, record, on);
  const factors = { base, weightTenths, repetitionPercent, timePercent, repairPercent };
  const dimension = indicator?.dimension;
  return {
    recordId,
    indicatorCode,
    ...(dimension && { dimension }),
    ...factors,
    points: pointsOf(factors),
  };
}

function goodLineBy(rules: RuleSet, record: GoodRecordPoints, on: string): Line {
  const { recordId, indicatorCode, occurredOn, units } = record;
  const base = (rules.indicators.get(indicatorCode)?.points ?? 0) * units;
  const timePercent = fadingAt(rules.fading.GOOD, daysBetween(occurredOn, on));
  return { recordId, indicatorCode, base, timePercent, points: pointsOf({ base, timePercent }) };
}

/** The line of a good record; nothing when it has faded. */
export function goodLine(rules: RuleSet, record: GoodRecordPoints, on: string): Line | undefined {
  const line = mildest(rules, record, (one) => goodLineBy(one, record, on));
  return line.points ? line : undefined;
}
