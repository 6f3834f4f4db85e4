/** From records to ledger, score and grade. Pure: rule set and day are given. Source: DOMAIN 4. */
import type { BadRecord, GoodRecordPoints, Line } from './credit-record.js';
import { badLine, byEachRule, counts, goodLine, isThirdParty } from './line.rules.js';
import type { Grade, IndicatorRule, Level, RuleSet } from './rule-set.js';

export interface CreditFacts {
  readonly bad: readonly BadRecord[];
  readonly good: readonly GoodRecordPoints[];
}

/** One view of the ledger. Sum of lines + start = score before clamp (INV-07). */
export interface CreditView {
  readonly lines: readonly Line[];
  readonly score: number;
  /** 100 + lines of each dimension, after its cap; for information (4.4). */
  readonly dimensions: Readonly<Record<string, number>>;
}
export interface Credit {
  readonly ruleSet: string;
  readonly on: string;
  /** Without any third-party line: what everybody but the student is shown. */
  readonly school: CreditView;
  /** All lines: for the student, and for whom he releases a report to. */
  readonly full: CreditView;
  /** Of the school view; the full grade is the same (INV-20). */
  readonly grade: Grade;
  readonly level: Level;
  /** School score without the records in dispute; for the student and Student Affairs. */
  readonly scoreExcludingDisputed: number;
}

const total = (lines: readonly Line[]): number =>
  lines.reduce((sum, { points }) => sum + points, 0);

/** A line that gives back what lies beyond a cap on deductions, or takes back a bonus beyond one. */
const capLine = (capCode: string, points: number, dimension?: string): Line[] =>
  points ? [{ capCode, points, ...(dimension && { dimension }) }] : [];

/** Deductions of each dimension beyond its cap (4.3). */
const dimensionCaps = (rules: RuleSet, lines: readonly Line[]): Line[] =>
  [...rules.dimensionCaps].flatMap(([dimension, cap]) => {
    const deducted = -total(lines.filter((line) => line.dimension === dimension));
    return capLine(`CAP-${dimension}`, Math.max(0, deducted - cap), dimension);
  });

/** Bonus of each indicator and in all beyond its cap (2.3, 4.5). */
function bonusCaps(rules: RuleSet, lines: readonly Line[]): Line[] {
  const codes = [...new Set(lines.map(({ indicatorCode = '' }) => indicatorCode))].sort();
  const each = codes.flatMap((code) => {
    const earned = total(lines.filter(({ indicatorCode }) => indicatorCode === code));
    const cap = rules.indicators.get(code)?.cap ?? earned;
    return capLine(`CAP-${code}`, -Math.max(0, earned - cap));
  });
  const beyond = total(lines) + total(each) - rules.bonusCap;
  return [...each, ...capLine('CAP-BONUS', -Math.max(0, beyond))];
}

/** Third-party lines together deduct no more than their cap (4.3). */
function thirdPartyCap(rules: RuleSet, lines: readonly Line[]): Line[] {
  const own = lines.filter(({ indicatorCode = '' }) => isThirdParty(rules, indicatorCode));
  const beyond = -total(own) - rules.thirdParty.deductionCap;
  return capLine('CAP-TP', Math.max(0, beyond), own[0]?.dimension);
}

const clamped = ({ clamp, start }: RuleSet, lines: readonly Line[]): number =>
  Math.min(clamp.most, Math.max(clamp.least, start + total(lines)));

function viewOf(rules: RuleSet, lines: readonly Line[]): CreditView {
  const dimensions = Object.fromEntries(
    [...rules.dimensionCaps.keys()].map((code) => [
      code,
      rules.start + total(lines.filter(({ dimension }) => dimension === code)),
    ]),
  );
  return { lines, score: clamped(rules, lines), dimensions };
}

/** The lines of some records, without caps. */
function recordLines(rules: RuleSet, { bad, good }: CreditFacts, on: string): Line[] {
  const counting = bad.filter((record) => counts(rules, record, on));
  return [
    ...counting.map((record) => badLine(rules, record, counting, on)),
    ...good.flatMap((record) => goodLine(rules, record, on) ?? []),
  ];
}

/** Lines of records in their order, with the caps that belong to them. */
function ledgerOf(rules: RuleSet, lines: readonly Line[]): Line[] {
  const inOrder = lines.toSorted((a, b) => ((a.recordId ?? '') < (b.recordId ?? '') ? -1 : 1));
  const isGood = ({ indicatorCode = '' }: Line) =>
    rules.indicators.get(indicatorCode)?.points !== undefined;
  const negative = inOrder.filter((line) => !isGood(line));
  const positive = inOrder.filter(isGood);
  const capped = [...negative, ...thirdPartyCap(rules, negative)];
  return [...capped, ...dimensionCaps(rules, capped), ...positive, ...bonusCaps(rules, positive)];
}

/** The lines of a ledger that third parties reported. */
export const thirdPartyLines = (rules: RuleSet, lines: readonly Line[]): Line[] =>
  lines.filter(({ indicatorCode = '' }) => isThirdParty(rules, indicatorCode));

const withoutThirdParty = (rules: RuleSet, { bad, good }: CreditFacts): CreditFacts => {
  const isSchool = ({ indicatorCode }: { indicatorCode: string }) =>
    !isThirdParty(rules, indicatorCode);
  return { bad: bad.filter(isSchool), good: good.filter(isSchool) };
};

/** Third-party lines push the full score across no line that the school score holds (4.2). */
function floorLine(rules: RuleSet, lines: readonly Line[], schoolScore: number): Line[] {
  const score = clamped(rules, lines);
  const floor = rules.thirdParty.floors.find((line) => schoolScore >= line && score < line);
  return floor === undefined ? [] : capLine('TP-FLOOR', floor - score);
}

/** The full view that a school view and the lines of third parties come to, under its own caps. */
export function fullViewOf(
  rules: RuleSet,
  school: CreditView,
  thirdParty: readonly Line[],
): CreditView {
  const own = school.lines.filter(({ recordId }) => recordId !== undefined);
  const lines = ledgerOf(rules, [...own, ...thirdParty]);
  return viewOf(rules, [...lines, ...floorLine(rules, lines, school.score)]);
}

const lower = (a: number, b: number): number => Math.min(a, b);
const higher = (a: number, b: number): number => Math.max(a, b);

/** Each number of some codes, and of two rule sets the milder. */
const milderCaps = ({ indicators }: RuleSet, other: RuleSet): ReadonlyMap<string, IndicatorRule> =>
  new Map(
    [...indicators].map(([code, own]) => {
      const cap = other.indicators.get(code)?.cap;
      const isOpen = own.cap === undefined || cap === undefined;
      return [code, isOpen ? own : { ...own, cap: higher(own.cap, cap) }];
    }),
  );

/** Caps and bounds of two rule sets, of each the milder; all else of the first. */
const milderOf = (rules: RuleSet, other: RuleSet): RuleSet => ({
  ...rules,
  dimensionCaps: new Map(
    [...rules.dimensionCaps].map(([code, cap]) => [
      code,
      lower(cap, other.dimensionCaps.get(code) ?? cap),
    ]),
  ),
  indicators: milderCaps(rules, other),
  bonusCap: higher(rules.bonusCap, other.bonusCap),
  thirdParty: {
    ...rules.thirdParty,
    deductionCap: lower(rules.thirdParty.deductionCap, other.thirdParty.deductionCap),
  },
  grades: rules.grades.map((one) => {
    const earlier = other.grades.find(({ grade }) => grade === one.grade);
    return { ...one, least: lower(one.least, earlier?.least ?? one.least) };
  }),
});

/**
 * The rule set whose caps and bounds hold for some records: where one that counts was found under an
 * earlier rule set, of each the milder (INV-16).
 */
export function rulesFor(rules: RuleSet, { bad, good }: CreditFacts, on: string): RuleSet {
  const scored = [
    ...bad.filter((record) => counts(rules, record, on)),
    ...good.filter((record) => goodLine(rules, record, on)),
  ];
  const earlier = new Set(scored.flatMap(({ earlierRules = [] }) => earlierRules));
  return [...earlier].reduce(milderOf, rules);
}

/** Grade of the school view: bounds, what keeps the best away, vetoes (4.6). */
function gradeOf(rules: RuleSet, score: number, bad: readonly BadRecord[], on: string) {
  const counting = bad.filter((record) => counts(rules, record, on));
  const worst = rules.grades.at(-1);
  const vetoed = counting.some(
    (record) =>
      !record.disputed &&
      byEachRule(rules, record, ({ vetoes }) => vetoes.includes(record.severity)),
  );
  const blocked = counting.some((record) =>
    byEachRule(rules, record, ({ blocksBest }) => blocksBest.includes(record.severity)),
  );
  const open = blocked ? rules.grades.slice(1) : rules.grades;
  const reached = vetoed ? worst : open.find(({ least }) => score >= least);
  if (!reached) throw new Error(`The rule set ${rules.version} has no grade for ${score}.`);
  return reached;
}

/** Whether a grade is people's to confirm, not the rules' alone (2.4, L-08). */
export const needsConfirmation = (grade: string): boolean => grade === 'C' || grade === 'D';

/**
 * The credit of one student at a day.
 *
 * @param on  Calendar day at +08:00.
 * @returns   Both views, the grade of the school view, its level of supervision.
 */
export function creditOf(rules: RuleSet, facts: CreditFacts, on: string): Credit {
  const schoolFacts = withoutThirdParty(rules, facts);
  const applied = rulesFor(rules, schoolFacts, on);
  const school = viewOf(applied, ledgerOf(applied, recordLines(rules, schoolFacts, on)));
  const thirdParty = thirdPartyLines(rules, recordLines(rules, facts, on));
  const full = fullViewOf(rulesFor(rules, facts, on), school, thirdParty);
  const { grade, level } = gradeOf(applied, school.score, schoolFacts.bad, on);
  const undisputed = { ...schoolFacts, bad: schoolFacts.bad.filter(({ disputed }) => !disputed) };
  return {
    ruleSet: rules.version,
    on,
    school,
    full,
    grade,
    level,
    scoreExcludingDisputed: clamped(applied, ledgerOf(applied, recordLines(rules, undisputed, on))),
  };
}
