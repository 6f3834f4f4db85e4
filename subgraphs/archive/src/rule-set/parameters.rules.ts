/** Whether drafted numbers are a rule set, and what stands wrong where. Pure. Source: DOMAIN 4.2–4.6. */
import { invalid } from '@chengxin/kit/change/errors';
import type { RuleSet } from '../credit/rule-set.js';
import { SEVERITIES } from '../rules/severity.js';

const PATH = 'parameters';
const POINTS_AT_MOST = 20_000;
const TENTHS_AT_MOST = 100;
/** Five years: nobody's record counts longer (4.5). */
const DAYS_AT_MOST = 1826;
const STEPS_AT_MOST = 10;
/** What third parties report takes 3 points at most, whatever a school resolves (4.2, T-04). */
const THIRD_PARTY_AT_MOST = 300;
/** After graduation nothing scores (T-05). */
const NEVER_SCORED = 'D4-05';
const GRADES = [
  ['A', 'L0'],
  ['B', 'L1'],
  ['C', 'L2'],
  ['D', 'L3'],
] as const;

type Json = unknown;
type Objekt = Readonly<Record<string, Json>>;

/** @throws VALIDATION, which names the place in the JSON. */
function refuse(place: string, zh: string, en: string): never {
  throw invalid(PATH, `${place}：${zh}。 ${place}: ${en}.`);
}

function objectAt(
  value: Json,
  place: string,
  keys: readonly string[],
  more: readonly string[] = [],
) {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuse(place, '须为对象', 'it is an object');
  const known = new Set([...keys, ...more]);
  for (const key of Object.keys(value as object))
    if (!known.has(key)) refuse(`${place}.${key}`, '没有此项', 'there is no such number');
  for (const key of keys)
    if (!Object.hasOwn(value as object, key))
      refuse(`${place}.${key}`, '缺少此项', 'it is missing');
  return value as Objekt;
}

function listAt(value: Json, place: string): readonly Json[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > STEPS_AT_MOST)
    refuse(place, `须为 1 至 ${STEPS_AT_MOST} 项`, `a list of 1 to ${STEPS_AT_MOST}`);
  return value as readonly Json[];
}

function wholeAt(value: Json, place: string, least: number, most: number): number {
  if (!Number.isSafeInteger(value) || (value as number) < least || (value as number) > most)
    refuse(place, `须为 ${least} 至 ${most} 的整数`, `a whole number from ${least} to ${most}`);
  return value as number;
}

function sameAt(value: Json, place: string, wanted: Json): void {
  if (JSON.stringify(value) !== JSON.stringify(wanted))
    refuse(place, `须为 ${JSON.stringify(wanted)}`, `it is ${JSON.stringify(wanted)}`);
}

function orderedAt(values: readonly number[], place: string, isFalling = false): void {
  const isWrong = values.some((value, i) => {
    const before = values[i - 1] ?? value;
    return isFalling ? value > before : value < before;
  });
  if (isWrong) refuse(place, '顺序不对', isFalling ? 'it never rises' : 'it never falls');
}

function severitiesAt(value: Json, place: string): void {
  const known: readonly Json[] = SEVERITIES;
  if (!Array.isArray(value) || value.some((one) => !known.includes(one)))
    refuse(place, '须为严重程度', 'severities');
}

function baseOf(value: Json): void {
  const base = objectAt(value, 'base', SEVERITIES);
  const points = SEVERITIES.map((one) => wholeAt(base[one], `base.${one}`, 0, POINTS_AT_MOST));
  orderedAt(points, 'base');
}

function repetitionOf(value: Json): void {
  const { windowDays, percent } = objectAt(value, 'repetition', ['windowDays', 'percent']);
  wholeAt(windowDays, 'repetition.windowDays', 1, DAYS_AT_MOST);
  const shares = listAt(percent, 'repetition.percent').map((one, i) =>
    wholeAt(one, `repetition.percent.${i}`, 100, 1000),
  );
  sameAt(shares[0], 'repetition.percent.0', 100);
  orderedAt(shares, 'repetition.percent');
}

/** Only what counts has a share: all other states count nothing (INV-06). */
function repairOf(value: Json): void {
  const repair = objectAt(value, 'repairPercent', ['ACTIVE', 'MITIGATED']);
  sameAt(repair['ACTIVE'], 'repairPercent.ACTIVE', 100);
  wholeAt(repair['MITIGATED'], 'repairPercent.MITIGATED', 0, 100);
}

function fadingOf(value: Json): void {
  const kinds = [...SEVERITIES, 'GOOD'];
  const fading = objectAt(value, 'fading', kinds);
  for (const kind of kinds) {
    const place = `fading.${kind}`;
    const steps = listAt(fading[kind], place).map((one, i) => {
      const step = objectAt(one, `${place}.${i}`, ['throughDay', 'percent']);
      return {
        day: wholeAt(step['throughDay'], `${place}.${i}.throughDay`, 1, DAYS_AT_MOST),
        percent: wholeAt(step['percent'], `${place}.${i}.percent`, 1, 100),
      };
    });
    const days = steps.map(({ day }) => day);
    orderedAt(days, place);
    if (new Set(days).size < days.length) refuse(place, '日数重复', 'a day stands twice');
    orderedAt(
      steps.map(({ percent }) => percent),
      place,
      true,
    );
  }
}

function gradesOf(value: Json): number[] {
  const rows = listAt(value, 'grades');
  if (rows.length !== GRADES.length) refuse('grades', '须为四级', 'there are four');
  const least = GRADES.map(([grade, level], i) => {
    const row = objectAt(rows[i], `grades.${i}`, ['grade', 'least', 'level']);
    sameAt(row['grade'], `grades.${i}.grade`, grade);
    sameAt(row['level'], `grades.${i}.level`, level);
    return wholeAt(row['least'], `grades.${i}.least`, 0, 11_000);
  });
  orderedAt(least, 'grades', true);
  sameAt(least.at(-1), 'grades.3.least', 0);
  return least.slice(0, -1);
}

/** The floors are the bounds of the grades: third parties move none (INV-20). */
function thirdPartyOf(value: Json, bounds: readonly number[]): void {
  const own = objectAt(value, 'thirdParty', ['deductionCap', 'floors']);
  wholeAt(own['deductionCap'], 'thirdParty.deductionCap', 0, THIRD_PARTY_AT_MOST);
  sameAt(own['floors'], 'thirdParty.floors', bounds);
}

function codesOf(base: RuleSet, value: Json): void {
  if (!Array.isArray(value) || value.some((code) => !base.indicators.has(String(code))))
    refuse('neverScored', '须为指标代码', 'codes of indicators');
  if (!(value as Json[]).includes(NEVER_SCORED))
    refuse('neverScored', `须含 ${NEVER_SCORED}`, `${NEVER_SCORED} is among them`);
}

function indicatorsOf(base: RuleSet, value: Json): void {
  for (const [code, own] of Object.entries(
    objectAt(value, 'indicators', [], [...base.indicators.keys()]),
  )) {
    const place = `indicators.${code}`;
    const isGood = base.indicators.get(code)?.points !== undefined;
    const numbers = objectAt(own, place, [], isGood ? ['points', 'cap'] : ['weightTenths']);
    const most = { points: POINTS_AT_MOST, cap: POINTS_AT_MOST, weightTenths: TENTHS_AT_MOST };
    for (const [name, number] of Object.entries(numbers))
      wholeAt(number, `${place}.${name}`, 0, most[name as keyof typeof most]);
  }
}

function capsOf(base: RuleSet, value: Json): void {
  const caps = objectAt(value, 'dimensionCaps', [], [...base.dimensionCaps.keys()]);
  for (const [code, cap] of Object.entries(caps))
    wholeAt(cap, `dimensionCaps.${code}`, 0, POINTS_AT_MOST);
}

const NUMBERS = [
  'start',
  'clamp',
  'base',
  'repetition',
  'repairPercent',
  'fading',
  'bonusCap',
  'thirdParty',
  'neverScored',
  'grades',
  'blocksBest',
  'vetoes',
];

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return refuse('parameters', '不是 JSON', 'it is no JSON');
  }
}

/** Keys in order, so that the same numbers have the same digest. */
const inOrder = (value: Json): Json =>
  Array.isArray(value) || typeof value !== 'object' || value === null
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, one]) => [key, inOrder(one)]),
      );

/**
 * Drafted numbers as they are stored: JSON with its keys in order.
 *
 * @param base  The installed set: its codes, start and bounds of the score hold for every set.
 * @throws VALIDATION, which names the place in the JSON.
 */
export function checkedParameters(base: RuleSet, text: string): string {
  const all = objectAt(parsed(text), 'parameters', NUMBERS, ['dimensionCaps', 'indicators']);
  // Everybody starts at 100 (presumption of integrity, 4.2).
  sameAt(all['start'], 'start', base.start);
  sameAt(all['clamp'], 'clamp', base.clamp);
  baseOf(all['base']);
  repetitionOf(all['repetition']);
  repairOf(all['repairPercent']);
  fadingOf(all['fading']);
  wholeAt(all['bonusCap'], 'bonusCap', 0, POINTS_AT_MOST);
  thirdPartyOf(all['thirdParty'], gradesOf(all['grades']));
  codesOf(base, all['neverScored']);
  severitiesAt(all['blocksBest'], 'blocksBest');
  severitiesAt(all['vetoes'], 'vetoes');
  indicatorsOf(base, all['indicators'] ?? {});
  capsOf(base, all['dimensionCaps'] ?? {});
  return JSON.stringify(inOrder(all));
}
