import { asFlag } from '@chengxin/academics/conduct/conduct.rules';
import { checkViolation } from '@chengxin/academics/conduct/exam-violation.rules';
import { creditsBand, gpaBand } from '@chengxin/academics/grade/academic-summary.rules';
import { ScoreScale } from '@chengxin/academics/grade/score';
import { readMark } from '@chengxin/academics/grade/score.rules';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const text = (hundredths: number): string => (hundredths / 100).toFixed(2);

test('every average from 0.00 to 4.00 has the one band whose ends enclose it (masks.csv)', () => {
  for (let hundredths = 0; hundredths <= 400; hundredths += 1) {
    const [low = '', high = ''] = gpaBand(text(hundredths)).split('-');
    expect(Number(low) * 100).toBeLessThanOrEqual(hundredths);
    expect(Math.round(Number(high) * 100)).toBeGreaterThanOrEqual(hundredths);
  }
  expect(['4', '3.50', '3.49', '3.00', '2.99', '2.00', '1.99', '0'].map(gpaBand)).toEqual([
    '3.50-4.00',
    '3.50-4.00',
    '3.00-3.49',
    '3.00-3.49',
    '2.00-2.99',
    '2.00-2.99',
    '0.00-1.99',
    '0.00-1.99',
  ]);
});

test('credits are compared as numbers, and without a plan nobody is called behind', () => {
  expect(creditsBand('9.5', '10')).toBe('BEHIND');
  expect(creditsBand('10.0', '10')).toBe('ON_TRACK');
  expect(creditsBand('100', '99.5')).toBe('ON_TRACK');
  expect(creditsBand('0.0', null)).toBeNull();
  expect(creditsBand('0.0', undefined)).toBeNull();
});

test('a mark is read on its own scale alone (2.1)', () => {
  expect(readMark('87.5', ScoreScale.PERCENT)).toEqual({ value: '87.50' });
  expect(readMark('优', ScoreScale.FIVE_LEVEL)).toEqual({ value: '5.00' });
  expect(readMark('不及格', ScoreScale.FIVE_LEVEL)).toEqual({ value: '1.00' });
  expect(readMark('未通过', ScoreScale.PASS_FAIL)).toEqual({ value: '0.00' });
  const misread = (mark: string, scale: ScoreScale) => 'reason' in readMark(mark, scale);
  expect(misread('优', ScoreScale.PERCENT)).toBe(true);
  expect(misread('合格', ScoreScale.FIVE_LEVEL)).toBe(true);
  expect(misread('及格', ScoreScale.PASS_FAIL)).toBe(true);
});

const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-01-${String(n).padStart(2, '0')}`);
const violation = fc.record({
  indicatorCode: fc.constantFrom('D1-04' as const, 'D1-05' as const),
  severity: fc.constantFrom('S1', 'S2', 'S3', 'S4'),
  occurredOn: day,
  decisionDocNo: fc.option(fc.constant('D-1')),
  decidedOn: fc.option(day),
  noticeDeliveredOn: fc.option(day),
});

test('what passes the check has the severity of its indicator and its days in order (INV-04)', () => {
  fc.assert(
    fc.property(violation, (row) => {
      if (checkViolation(row)) return;
      const minor = ['S1', 'S2'].includes(row.severity);
      expect(row.indicatorCode).toBe(minor ? 'D1-04' : 'D1-05');
      const { occurredOn, decidedOn, noticeDeliveredOn } = row;
      const days = [occurredOn, noticeDeliveredOn, decidedOn].filter((one) => one !== null);
      expect(days).toEqual(days.toSorted());
    }),
  );
});

test('a flag is one row or none, anything else is every row (masks.csv)', () => {
  expect(asFlag([], 'FLAG')).toEqual([]);
  expect(asFlag([1, 2, 3], 'FLAG')).toEqual([1]);
  expect(asFlag([1, 2, 3], 'VALUE')).toEqual([1, 2, 3]);
  expect(asFlag([1, 2, 3], 'CATEGORY')).toEqual([1, 2, 3]);
});
