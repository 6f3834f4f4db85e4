/** Whether the words of a ledger come to its points. */
import { explainedLines } from '@chengxin/archive/explain/explained-lines';
import type { Line } from '@chengxin/archive/credit/credit-record';
import type { RuleSet } from '@chengxin/archive/credit/rule-set';

/** Numbers as a reader multiplies them, in whole units: `0.50` is 50 hundredths. */
const inUnits = (value: string): bigint => BigInt(value.replace('.', ''));
const unit = (value: string): bigint => 10n ** BigInt(value.split('.')[1]?.length ?? 0);

/** What the written factors come to in hundredths of a point, rounded half-up. */
function productOf(values: readonly string[]): number {
  const product = values.map(inUnits).reduce((a, b) => a * b, 100n);
  const by = values.map(unit).reduce((a, b) => a * b, 1n);
  return Number((2n * product + by) / (2n * by));
}

/** Points of each line of a record, and what its explanation says that they are the product of. */
export function explainedPoints(
  rules: RuleSet,
  lines: readonly Line[],
  severityOf: (recordId: string) => string | undefined,
): { points: number; explained: number }[] {
  const known = new Map(
    lines.flatMap(({ recordId }) => {
      if (recordId === undefined) return [];
      const severity = severityOf(recordId);
      return [[recordId, { behind: { agesFrom: '2026-01-01', ...(severity && { severity }) } }]];
    }),
  );
  const day = '2026-01-02';
  return explainedLines({
    studentNo: '1',
    rulesOf: () => rules,
    rules,
    lines,
    known,
    asOf: day,
    today: day,
  })
    .filter(({ recordId }) => recordId)
    .map(({ points, factors = [] }) => ({
      points: Math.abs(points),
      explained: productOf(factors.map(({ value }) => value)),
    }));
}
