/** Ledgers at random, of every indicator, severity, state and age. */
import type { BadRecord, GoodRecordPoints } from '@chengxin/archive/credit/credit-record';
import { readRuleSet } from '@chengxin/archive/credit/rule-set';
import { SEVERITIES } from '@chengxin/archive/rules/severity';
import { addDays } from '@chengxin/kit/clock';
import fc from 'fast-check';

const RULES = readRuleSet('CR-2026.1');

export const DAYS = fc.integer({ min: 0, max: 2200 }).map((days) => addDays('2020-01-01', days));
const BAD_CODES = [...RULES.indicators.values()]
  .filter(({ dimension }) => dimension)
  .map(({ code }) => code);
const GOOD_CODES = [...RULES.indicators.values()]
  .filter(({ points: p }) => p)
  .map(({ code }) => code);
export const BAD = fc
  .record({
    indicatorCode: fc.constantFrom(...BAD_CODES),
    severity: fc.constantFrom(...SEVERITIES),
    state: fc.constantFrom('ACTIVE', 'MITIGATED', 'REPAIRED', 'SEALED', 'REVOKED'),
    occurredOn: DAYS,
    delay: fc.integer({ min: 0, max: 60 }),
    disputed: fc.boolean(),
  })
  .map(({ delay, ...record }) => ({ ...record, effectiveOn: addDays(record.occurredOn, delay) }));
const numbered =
  <T extends object>(prefix: string) =>
  (records: T[]) =>
    records.map((record, i) => ({ ...record, recordId: `${prefix}${String(i).padStart(3, '0')}` }));
export const BADS = fc.array(BAD, { maxLength: 8 }).map(numbered('B')) as fc.Arbitrary<BadRecord[]>;
export const GOODS = fc
  .array(
    fc.record({
      indicatorCode: fc.constantFrom(...GOOD_CODES),
      occurredOn: DAYS,
      units: fc.integer({ min: 1, max: 6 }),
    }),
    { maxLength: 8 },
  )
  .map(numbered('G')) as fc.Arbitrary<GoodRecordPoints[]>;
