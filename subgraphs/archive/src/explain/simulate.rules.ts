/** What of the own records is supposed to be otherwise. Pure. Source: DOMAIN 4.8. */
import { addDays } from '@chengxin/kit/clock';
import { invalid } from '@chengxin/kit/change/errors';
import type { BadRecord, GoodRecordPoints } from '../credit/credit-record.js';
import type { CreditFacts } from '../credit/credit.rules.js';
import type { RuleSet } from '../credit/rule-set.js';
import type { RecordBehind } from './explain.rules.js';
import { ConductState } from '../rules/conduct-state.js';

export interface SupposedGood {
  readonly indicatorCode: string;
  readonly units: number;
  readonly occurredOn?: string;
}
export interface Supposition {
  readonly on?: string;
  readonly closed: readonly string[];
  readonly mitigated: readonly string[];
  readonly good: readonly SupposedGood[];
}

/** After so many days every line of today has faded (4.5). */
const AT_MOST_DAYS = 1827;
const AT_MOST_RECORDS = 100;
const AT_MOST_GOOD = 20;
const AT_MOST_UNITS = 100;

/** @throws VALIDATION for a day in the past, or later than any line lasts. */
export function simulatedOn({ on }: Supposition, today: string): string {
  if (on === undefined || on === null) return today;
  if (on < today || on > addDays(today, AT_MOST_DAYS))
    throw invalid('on', '须为今天起五年以内的日期。 From today to five years on.');
  return on;
}

function requireFew(path: string, list: readonly unknown[], atMost: number): void {
  if (list.length > atMost) throw invalid(path, `至多 ${atMost} 项。 ${atMost} at most.`);
}

/** @throws VALIDATION for a number that is none of the own records that count. */
function requireOwn(path: string, ids: readonly string[], own: ReadonlySet<string>): void {
  requireFew(path, ids, AT_MOST_RECORDS);
  if (ids.some((id) => !own.has(id)))
    throw invalid(
      path,
      '只能填写本人正在计分的不良记录。 Bad records of your own that count, and no others.',
    );
}

/** No number of a record has this form. */
const numberOf = (index: number): string => `supposed-${index + 1}`;

function supposedGood(rules: RuleSet, one: SupposedGood, on: string, index: number) {
  const { indicatorCode, units, occurredOn = on } = one;
  const indicator = rules.indicators.get(indicatorCode);
  if (indicator?.points === undefined)
    throw invalid('good.indicatorCode', '没有此加分指标。 No such code of good conduct.');
  if (units < 1 || units > AT_MOST_UNITS)
    throw invalid('good.units', `须为 1 至 ${AT_MOST_UNITS}。 1 to ${AT_MOST_UNITS}.`);
  if (occurredOn > on)
    throw invalid('good.occurredOn', '不能晚于所模拟的日期。 Not after the simulated day.');
  return { recordId: numberOf(index), indicatorCode, occurredOn, units };
}

/** What explains the lines of good deeds that are supposed. */
export const supposedRecords = (
  good: readonly SupposedGood[],
  on: string,
): [string, { behind: RecordBehind }][] =>
  good.map(({ occurredOn = on }, index) => [numberOf(index), { behind: { agesFrom: occurredOn } }]);

/**
 * The facts as they are supposed to be.
 *
 * @throws VALIDATION for what is none of the own counting records, is too much, or does not fit.
 */
export function supposed(
  rules: RuleSet,
  { bad, good }: CreditFacts,
  supposition: Supposition,
  on: string,
): CreditFacts {
  const own = new Set(bad.map(({ recordId }) => recordId));
  requireOwn('closed', supposition.closed, own);
  requireOwn('mitigated', supposition.mitigated, own);
  requireFew('good', supposition.good, AT_MOST_GOOD);
  const closed = new Set(supposition.closed);
  const mitigated = new Set(supposition.mitigated);
  const still = bad
    .filter(({ recordId }) => !closed.has(recordId))
    .map((record): BadRecord =>
      mitigated.has(record.recordId) ? { ...record, state: ConductState.MITIGATED } : record,
    );
  const added: GoodRecordPoints[] = supposition.good.map((one, index) =>
    supposedGood(rules, one, on, index),
  );
  return { bad: still, good: [...good, ...added] };
}
