/** Reference results of DOMAIN 4.8, to the hundredth, and the properties of the engine. */
import { creditOf, type CreditFacts } from '@chengxin/archive/credit/credit.rules';
import type { BadRecord, GoodRecordPoints } from '@chengxin/archive/credit/credit-record';
import { isThirdParty } from '@chengxin/archive/credit/line.rules';
import { readRuleSet, type RuleSet } from '@chengxin/archive/credit/rule-set';
import { SEVERITIES, Severity } from '@chengxin/archive/rules/severity';
import { addDays } from '@chengxin/kit/clock';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainedPoints } from '../support/explained.js';
import { BAD, BADS, DAYS, GOODS } from './ledgers.js';

const RULES = readRuleSet('CR-2026.1');

let count = 0;
const bad = (
  indicatorCode: string,
  severity: 'S1' | 'S2' | 'S3' | 'S4',
  effectiveOn: string,
  more: Partial<BadRecord> = {},
): BadRecord => ({
  recordId: `CR-${(count += 1)}`,
  indicatorCode,
  severity: Severity[severity],
  state: 'ACTIVE',
  occurredOn: effectiveOn,
  effectiveOn,
  ...more,
});
const good = (indicatorCode: string, occurredOn: string, units = 1): GoodRecordPoints => ({
  recordId: `GR-${(count += 1)}`,
  indicatorCode,
  occurredOn,
  units,
});
const facts = (...records: (BadRecord | GoodRecordPoints)[]): CreditFacts => ({
  bad: records.filter((record) => 'severity' in record),
  good: records.filter((record) => 'units' in record),
});
/** Score and grade as DOMAIN writes them. */
const school = (given: CreditFacts, on: string): string => {
  const { school: view, grade } = creditOf(RULES, given, on);
  return `${(view.score / 100).toFixed(2)} ${grade}`;
};
const full = (given: CreditFacts, on: string): string => {
  const { full: view, grade } = creditOf(RULES, given, on);
  return `${(view.score / 100).toFixed(2)} ${grade}`;
};
const points = (given: CreditFacts, on: string, view: 'school' | 'full' = 'school'): number[] =>
  creditOf(RULES, given, on)[view].lines.map((line) => line.points);

const THIRD_PARTY = [bad('D2-03', 'S1', '2026-03-02'), bad('D2-02', 'S2', '2026-03-02')];

describe('Reference results (DOMAIN 4.8)', () => {
  test('U-1: no record', () => {
    expect(school(facts(), '2026-01-01')).toBe('100.00 A');
  });

  const honour = good('P-02', '2025-03-10');
  const hours = good('P-07', '2025-05-20', 2);
  const cheating = bad('D1-05', 'S3', '2025-07-04', { occurredOn: '2025-06-24' });

  test('U-2: cheating, an honour and 40 hours', () => {
    const given = facts(cheating, honour, hours);
    expect(school(given, '2025-07-10')).toBe('72.00 C');
    expect(points(given, '2025-07-10')).toEqual([-3000, 100, 100]);
  });

  test('U-3: the same a year later', () => {
    const given = facts(cheating, honour, hours);
    expect(school(given, '2026-07-05')).toBe('83.00 B');
    expect(points(given, '2026-07-05')).toEqual([-1800, 50, 50]);
  });

  test('U-4: the same, lifted', () => {
    expect(school(facts({ ...cheating, state: 'LIFTED' }, honour, hours), '2026-07-06')).toBe(
      '101.00 A',
    );
  });

  const three = facts(
    bad('D3-06', 'S1', '2026-01-08'),
    bad('D3-06', 'S1', '2026-02-12'),
    bad('D3-08', 'S1', '2026-03-05'),
  );
  test('U-5: three minor ones of one dimension', () => {
    expect(school(three, '2026-03-10')).toBe('94.37 B');
    expect(points(three, '2026-03-10')).toEqual([-150, -188, -225]);
  });

  test('U-6: the same when the first has expired', () => {
    expect(school(three, '2026-07-20')).toBe('98.31 A');
    expect(points(three, '2026-07-20')).toEqual([-75, -94]);
  });

  test('U-7: the cap of the dimension', () => {
    const given = facts(
      bad('D1-02', 'S3', '2026-01-05'),
      bad('D1-02', 'S3', '2026-02-05'),
      bad('D1-02', 'S3', '2026-03-05'),
    );
    expect(school(given, '2026-03-10')).toBe('60.00 C');
    expect(points(given, '2026-03-10')).toEqual([-3000, -3750, -4500, 7250]);
  });

  test('U-8: a grave one is D by veto, and C while disputed', () => {
    const grave = bad('D1-05', 'S4', '2026-03-05');
    expect(school(facts(grave), '2026-03-10')).toBe('60.00 D');
    expect(points(facts(grave), '2026-03-10')).toEqual([-6000, 2000]);
    expect(school(facts({ ...grave, disputed: true }), '2026-03-10')).toBe('60.00 C');
  });

  test('U-9: third-party records stand in the full view alone, and end with the consent', () => {
    const minor = bad('D3-06', 'S1', '2026-03-05');
    const given = facts(...THIRD_PARTY, minor);
    expect(school(given, '2026-04-15')).toBe('98.50 A');
    expect(full(given, '2026-04-15')).toBe('95.50 A');
    expect(points(given, '2026-04-15', 'full').toSorted((a, b) => a - b)).toEqual([
      -400, -150, -150, 250,
    ]);
    expect([school(facts(minor), '2026-04-20'), full(facts(minor), '2026-04-20')]).toEqual([
      '98.50 A',
      '98.50 A',
    ]);
  });

  test('U-10: malicious arrears do not fade while unpaid', () => {
    const open = bad('D2-01', 'S2', '2025-12-20', { duty: { curedOn: null } });
    expect(school(facts(open), '2026-03-01')).toBe('90.40 B');
    const paid = { ...open, duty: { curedOn: '2026-03-15' } };
    expect(school(facts(paid), '2026-10-01')).toBe('95.20 B');
  });

  test('U-11: mitigated, then repaired', () => {
    const damage = bad('D3-01', 'S2', '2026-03-10');
    const volunteering = good('P-07', '2026-05-30', 3);
    expect(school(facts(damage, volunteering), '2026-06-20')).toBe('93.50 B');
    expect(school(facts({ ...damage, state: 'MITIGATED' }, volunteering), '2026-06-20')).toBe(
      '97.50 B',
    );
    expect(school(facts({ ...damage, state: 'REPAIRED' }, volunteering), '2026-06-20')).toBe(
      '101.50 A',
    );
  });

  test('U-12: the floor at 80', () => {
    const given = facts(
      bad('D2-04', 'S2', '2026-03-01'),
      bad('D4-02', 'S2', '2026-03-01'),
      bad('D3-06', 'S1', '2026-03-01'),
      ...THIRD_PARTY,
    );
    expect([school(given, '2026-04-15'), full(given, '2026-04-15')]).toEqual([
      '82.50 B',
      '80.00 B',
    ]);
    expect(creditOf(RULES, given, '2026-04-15').full.lines.at(-1)).toEqual({
      capCode: 'TP-FLOOR',
      points: 50,
    });
  });

  const first = bad('D3-06', 'S1', '2026-03-05');
  const second = bad('D3-06', 'S1', '2026-03-25');
  test('U-13: the floor at 95', () => {
    const given = facts(first, second, ...THIRD_PARTY);
    expect([school(given, '2026-04-15'), full(given, '2026-04-15')]).toEqual([
      '96.62 A',
      '95.00 A',
    ]);
    expect(creditOf(RULES, given, '2026-04-15').full.lines.at(-1)).toEqual({
      capCode: 'TP-FLOOR',
      points: 138,
    });
  });

  test('U-14: a third-party bonus raises the score and not the grade', () => {
    const given = facts(
      first,
      second,
      bad('D3-08', 'S1', '2026-03-26'),
      good('P-10', '2026-04-01'),
    );
    expect([school(given, '2026-04-15'), full(given, '2026-04-15')]).toEqual([
      '94.37 B',
      '95.37 B',
    ]);
  });
});

const sum = (lines: readonly { points: number }[]) =>
  lines.reduce((all, line) => all + line.points, 0);

describe('Properties of the engine', () => {
  test('sum of lines and start are the score before clamp, in both views (INV-07)', () => {
    fc.assert(
      fc.property(BADS, GOODS, DAYS, (bads, goods, on) => {
        const credit = creditOf(RULES, { bad: bads, good: goods }, on);
        for (const view of [credit.school, credit.full])
          expect(view.score).toBe(Math.min(11000, Math.max(0, 10000 + sum(view.lines))));
      }),
    );
  });

  test('no line stands without a record or a cap code (INV-07)', () => {
    fc.assert(
      fc.property(BADS, GOODS, DAYS, (bads, goods, on) => {
        const { school: one, full: other } = creditOf(RULES, { bad: bads, good: goods }, on);
        const bare = [...one.lines, ...other.lines].filter(
          ({ recordId, capCode }) => !recordId === !capCode,
        );
        expect(bare).toEqual([]);
      }),
    );
  });

  test('the numbers that explain a line come to its points (4.8)', () => {
    fc.assert(
      fc.property(BADS, GOODS, DAYS, (bads, goods, on) => {
        const severities = new Map(bads.map((one) => [one.recordId, one.severity]));
        const { lines } = creditOf(RULES, { bad: bads, good: goods }, on).full;
        for (const { points: stored, explained } of explainedPoints(RULES, lines, (id) =>
          severities.get(id),
        ))
          expect(explained).toBe(stored);
      }),
    );
  });

  test('one more bad record never raises a score', () => {
    fc.assert(
      fc.property(BADS, BAD, GOODS, DAYS, (bads, more, goods, on) => {
        const before = creditOf(RULES, { bad: bads, good: goods }, on);
        const added = { ...more, recordId: 'B999' } as BadRecord;
        const after = creditOf(RULES, { bad: [...bads, added], good: goods }, on);
        expect(after.school.score).toBeLessThanOrEqual(before.school.score);
        expect(after.full.score).toBeLessThanOrEqual(before.full.score);
      }),
    );
  });

  test('third-party lines move neither the school view nor any grade (INV-20)', () => {
    fc.assert(
      fc.property(BADS, GOODS, DAYS, (bads, goods, on) => {
        const isSchool = ({ indicatorCode }: { indicatorCode: string }) =>
          !isThirdParty(RULES, indicatorCode);
        const all = creditOf(RULES, { bad: bads, good: goods }, on);
        const own = creditOf(
          RULES,
          { bad: bads.filter(isSchool), good: goods.filter(isSchool) },
          on,
        );
        expect([all.school, all.grade, all.level]).toEqual([own.school, own.grade, own.level]);
      }),
    );
  });

  test('the order of input does not matter', () => {
    fc.assert(
      fc.property(BADS, GOODS, DAYS, fc.infiniteStream(fc.nat()), (bads, goods, on, keys) => {
        const shuffled = <T>(items: T[]) =>
          items
            .map((item) => [keys.next().value as number, item] as const)
            .toSorted(([a], [b]) => a - b)
            .map(([, item]) => item);
        expect(creditOf(RULES, { bad: shuffled(bads), good: shuffled(goods) }, on)).toEqual(
          creditOf(RULES, { bad: bads, good: goods }, on),
        );
      }),
    );
  });

  test('with bad records alone, a later day never lowers a score while nothing happens', () => {
    fc.assert(
      fc.property(
        BADS,
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: 1, max: 900 }),
        (bads, wait, more) => {
          const last = bads
            .map(({ effectiveOn }) => effectiveOn)
            .toSorted((a, b) => a.localeCompare(b))
            .at(-1);
          const on = addDays(last ?? '2024-01-01', wait);
          const before = creditOf(RULES, { bad: bads, good: [] }, on);
          const after = creditOf(RULES, { bad: bads, good: [] }, addDays(on, more));
          expect(after.school.score).toBeGreaterThanOrEqual(before.school.score);
          expect(after.full.score).toBeGreaterThanOrEqual(before.full.score);
        },
      ),
    );
  });
});

/** A rule set with other numbers; each may be milder or harsher than today's. */
const OTHER_RULES: fc.Arbitrary<RuleSet> = fc
  .record({
    base: fc.array(fc.integer({ min: 100, max: 6000 }), { minLength: 4, maxLength: 4 }),
    most: fc.integer({ min: 100, max: 300 }),
    through: fc.integer({ min: 30, max: 900 }),
    mitigated: fc.integer({ min: 0, max: 100 }),
    cap: fc.integer({ min: 500, max: 8000 }),
    bonusCap: fc.integer({ min: 0, max: 3000 }),
    points: fc.integer({ min: 0, max: 600 }),
    weight: fc.integer({ min: 0, max: 30 }),
    worst: fc.constantFrom('S1', 'S3', 'S4'),
    bounds: fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 3, maxLength: 3 }),
  })
  .map(({ base, most, through, mitigated, cap, bonusCap, points: earned, weight, ...more }) => {
    const sorted = base.toSorted((a, b) => a - b);
    const steps = [
      { throughDay: through, percent: 100 },
      { throughDay: through * 2, percent: 40 },
    ];
    const least = [0, 1, 2].map((i) => more.bounds.slice(i).reduce((all, one) => all + one, 6000));
    return {
      ...RULES,
      version: 'OTHER',
      base: Object.fromEntries(SEVERITIES.map((one, i) => [one, sorted[i]])),
      repetition: { windowDays: through, percent: [100, Math.min(most, 110), most] },
      repairPercent: { ACTIVE: 100, MITIGATED: mitigated },
      fading: Object.fromEntries([...SEVERITIES, 'GOOD'].map((one) => [one, steps])),
      bonusCap,
      grades: RULES.grades.map((one, i) => ({ ...one, least: least[i] ?? 0 })),
      blocksBest: SEVERITIES.filter((one) => one >= more.worst),
      vetoes: more.worst === 'S1' ? ['S2', 'S3', 'S4'] : ['S4'],
      dimensionCaps: new Map([...RULES.dimensionCaps.keys()].map((code) => [code, cap])),
      indicators: new Map(
        [...RULES.indicators].map(([code, own]) => [
          code,
          own.points === undefined
            ? { ...own, weightTenths: weight }
            : { ...own, points: earned, cap: earned * 2 },
        ]),
      ),
    } as unknown as RuleSet;
  });

describe('A change of the rules', () => {
  test('never worsens what was found before it (INV-16)', () => {
    fc.assert(
      fc.property(BADS, GOODS, DAYS, OTHER_RULES, (bads, goods, on, other) => {
        const before = creditOf(RULES, { bad: bads, good: goods }, on);
        const earlierRules = [RULES];
        const found = {
          bad: bads.map((record) => ({ ...record, earlierRules })),
          good: goods.map((record) => ({ ...record, earlierRules })),
        };
        const after = creditOf(other, found, on);
        expect(after.school.score).toBeGreaterThanOrEqual(before.school.score);
        // Without a record that counts the bounds of now hold: nothing that was found is worsened.
        const isFound = before.school.lines.length > 0;
        expect(isFound && after.grade > before.grade).toBe(false);
        for (const view of [after.school, after.full])
          expect(view.score).toBe(Math.min(11000, Math.max(0, 10000 + sum(view.lines))));
      }),
    );
  });

  test('scores what is found after it by its own numbers alone', () => {
    fc.assert(
      fc.property(BADS, GOODS, DAYS, OTHER_RULES, (bads, goods, on, other) => {
        const given = { bad: bads, good: goods };
        const { lines } = creditOf(other, given, on).full;
        expect(lines.filter(({ ruleSet }) => ruleSet)).toEqual([]);
      }),
    );
  });

  test('an earlier record keeps its line while that is the milder one, and says by which set', () => {
    const harsher = { ...RULES, version: 'H', base: { ...RULES.base, S2: 1600 } };
    const milder = { ...RULES, version: 'M', base: { ...RULES.base, S2: 400 } };
    const old = bad('D3-01', 'S2', '2026-03-10', { earlierRules: [RULES] });
    const fresh = bad('D3-01', 'S2', '2026-03-10');
    const lineOf = (rules: RuleSet, record: BadRecord) => {
      const [line] = creditOf(rules, facts(record), '2026-03-12').school.lines;
      return [line?.points, line?.ruleSet];
    };
    expect(lineOf(harsher, old)).toEqual([-800, 'CR-2026.1']);
    expect(lineOf(harsher, fresh)).toEqual([-1600, undefined]);
    expect(lineOf(milder, old)).toEqual([-400, undefined]);
  });
});
