/** A versioned set of scoring rules, as data. Source: DOMAIN 4.2–4.6. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Group } from '@chengxin/kit/privacy/groups';
import { indicatorsOf, RULE_SET } from '../rules/indicator.loader.js';
import type { FoundSeverity } from '../rules/severity.js';

/** Until which day of age, included, a line has which share of its points. */
interface FadingStep {
  readonly throughDay: number;
  readonly percent: number;
}
export type Grade = 'A' | 'B' | 'C' | 'D';
export type Level = 'L0' | 'L1' | 'L2' | 'L3';

/** What the rules need of an indicator. Points in hundredths, weight in tenths. */
export interface IndicatorRule {
  readonly code: string;
  readonly dimension?: string;
  readonly weightTenths?: number;
  readonly points?: number;
  readonly cap?: number;
  readonly origin: Group;
}

export interface RuleSet {
  readonly version: string;
  readonly start: number;
  readonly clamp: { readonly least: number; readonly most: number };
  readonly base: Readonly<Record<FoundSeverity, number>>;
  readonly repetition: { readonly windowDays: number; readonly percent: readonly number[] };
  /** Share of a line by the state of its record; a state that is not named counts nothing. */
  readonly repairPercent: Readonly<Record<string, number>>;
  readonly fading: Readonly<Record<FoundSeverity | 'GOOD', readonly FadingStep[]>>;
  readonly bonusCap: number;
  readonly thirdParty: { readonly deductionCap: number; readonly floors: readonly number[] };
  readonly neverScored: readonly string[];
  readonly grades: readonly {
    readonly grade: Grade;
    readonly least: number;
    readonly level: Level;
  }[];
  /** Severities of a counting record that keep the best grade away. */
  readonly blocksBest: readonly FoundSeverity[];
  /** Severities of a counting, undisputed record that make the grade D (V-01). */
  readonly vetoes: readonly FoundSeverity[];
  readonly indicators: ReadonlyMap<string, IndicatorRule>;
  readonly dimensionCaps: ReadonlyMap<string, number>;
}

const FOLDER = join(import.meta.dirname, '../../data/rule-sets');
const TENTHS = 10;

/** Numbers by which a drafted set differs from the indicators that the product is installed with. */
interface DraftedNumbers {
  readonly dimensionCaps?: Readonly<Record<string, number>>;
  readonly indicators?: Readonly<Record<string, Partial<IndicatorRule>>>;
}

/** Indicators with their numbers, and the caps of their dimensions. */
function installed(version: string) {
  const listed = indicatorsOf(version);
  if (!listed) throw new Error(`The rule set ${version} has no indicators.`);
  const indicators = new Map<string, IndicatorRule>();
  const dimensionCaps = new Map<string, number>();
  for (const { code, dimension, weight, points, cap, origin } of listed) {
    if (dimension) dimensionCaps.set(dimension.code, dimension.deductionCap);
    indicators.set(code, {
      code,
      origin,
      ...(dimension && { dimension: dimension.code }),
      ...(weight && { weightTenths: Math.round(Number(weight) * TENTHS) }),
      ...(points !== undefined && { points }),
      ...(cap !== undefined && { cap }),
    });
  }
  return { indicators, dimensionCaps };
}

const known = new Map<string, RuleSet>();

/**
 * Read the rule set that the product is installed with, with its indicators.
 *
 * @throws Error for a version that there is not.
 */
export function readRuleSet(version: string): RuleSet {
  const rules = known.get(version) ?? readFiles(version);
  known.set(version, rules);
  return rules;
}

function readFiles(version: string): RuleSet {
  const numbers = JSON.parse(readFileSync(join(FOLDER, `${version}.json`), 'utf8')) as RuleSet;
  return { ...numbers, ...installed(version) };
}

/**
 * A rule set that was drafted: its codes, their dimensions and origins are those of the installed
 * one, and whatever number it does not name.
 *
 * @param parameters  JSON, checked when it was drafted.
 */
export function ruleSetOf(version: string, parameters: string): RuleSet {
  const {
    dimensionCaps: caps = {},
    indicators: rules = {},
    ...numbers
  } = JSON.parse(parameters) as DraftedNumbers & Omit<RuleSet, keyof DraftedNumbers>;
  const { indicators, dimensionCaps } = installed(RULE_SET);
  for (const [code, own] of Object.entries(rules)) {
    const known = indicators.get(code);
    if (known) indicators.set(code, { ...known, ...own });
  }
  for (const [code, cap] of Object.entries(caps)) dimensionCaps.set(code, cap);
  return { ...readRuleSet(RULE_SET), ...numbers, version, indicators, dimensionCaps };
}

/** Digest of all that the rules take of a set, its indicators included: what a run and its snapshots pin. */
export function digestOfRules(rules: RuleSet): string {
  const digest = digests.get(rules) ?? digestNow(rules);
  digests.set(rules, digest);
  return digest;
}
const digests = new WeakMap<RuleSet, string>();

function digestNow({ indicators, dimensionCaps, ...numbers }: RuleSet): string {
  const all = { ...numbers, indicators: [...indicators], dimensionCaps: [...dimensionCaps] };
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}
