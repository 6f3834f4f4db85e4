/** What rows of a provider must hold, whichever way they come. Pure. Source: G8.4, DOMAIN 2.2, T-04. */
import { changeFault, ChangeErrorCode, invalid } from '@chengxin/kit/change/errors';
import { fault } from '@chengxin/kit/errors';
import type { Consent } from './consent.entity.js';
import { GROUP_OF, PURPOSES } from './consent.rules.js';
import type { LoanPerformanceState } from './loan-performance.entity.js';

const ROWS_AT_MOST = 500;
const DAYS_AT_MOST = 36_500;
const FEN_AT_MOST = 2_000_000_000;

export interface StatementRow {
  readonly cardTail4: string;
  readonly statementOn: string;
  readonly overdueFen: number;
  readonly overdueDays: number;
  readonly settledOn?: string;
}
export interface BillRow {
  readonly msisdnTail4: string;
  readonly month: string;
  readonly amountFen: number;
  readonly paidOn?: string;
  readonly overdueDays: number;
  readonly confirmed: boolean;
}
export interface RepaymentRow {
  readonly contractNoMasked: string;
  readonly month: string;
  readonly state: LoanPerformanceState;
  readonly settled: boolean;
}

/** Rows by the table where they stand. */
export interface DeliveredRows {
  readonly card_overdraft: readonly StatementRow[];
  readonly phone_bill: readonly BillRow[];
  readonly loan_performance: readonly RepaymentRow[];
}
export type DeliveredTable = keyof DeliveredRows;

/** Argument of each table, and what names a row under one consent. */
const ARGUMENTS = {
  card_overdraft: 'cardOverdrafts',
  phone_bill: 'phoneBills',
  loan_performance: 'loanPerformance',
} as const;
const keyOf = {
  card_overdraft: ({ cardTail4, statementOn }: StatementRow) => `${cardTail4} ${statementOn}`,
  phone_bill: ({ msisdnTail4, month }: BillRow) => `${msisdnTail4} ${month}`,
  loan_performance: ({ contractNoMasked, month }: RepaymentRow) => `${contractNoMasked} ${month}`,
} as const;

const TAIL = /^\d{4}$/;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
/** A whole contract number does not enter (DOMAIN 2.2). */
const MASKED = /^[A-Z0-9-]{0,4}\*{3,}[A-Z0-9-]{0,4}$/i;

const within = (value: number, atMost: number): boolean => value >= 0 && value <= atMost;

/** What is wrong with a row, by its field and in both languages; nothing, where all is well. */
type Check<Row> = (row: Row, today: string) => readonly [string, string] | undefined;

const TAIL_WRONG = '须为四位数字。 Four digits.';
const DAY_WRONG = '不得晚于今天。 Not after today.';
const AMOUNT_WRONG = '金额不合理。 No such amount.';
const DAYS_WRONG = '逾期天数不合理。 No such number of days.';
const MONTH_WRONG = '月份须为 YYYY-MM，且不晚于本月。 A month, YYYY-MM, not after this one.';

const isMonth = (month: string, today: string): boolean =>
  MONTH.test(month) && month <= today.slice(0, month.length);

const CHECKS: { readonly [T in DeliveredTable]: Check<DeliveredRows[T][number]> } = {
  card_overdraft: ({ cardTail4, statementOn, overdueFen, overdueDays, settledOn = '' }, today) => {
    if (!TAIL.test(cardTail4)) return ['cardTail4', TAIL_WRONG];
    if (statementOn > today) return ['statementOn', DAY_WRONG];
    if (!within(overdueFen, FEN_AT_MOST)) return ['overdueFen', AMOUNT_WRONG];
    if (!within(overdueDays, DAYS_AT_MOST)) return ['overdueDays', DAYS_WRONG];
    return settledOn > today ? ['settledOn', DAY_WRONG] : undefined;
  },
  phone_bill: ({ msisdnTail4, month, amountFen, paidOn = '', overdueDays }, today) => {
    if (!TAIL.test(msisdnTail4)) return ['msisdnTail4', TAIL_WRONG];
    if (!isMonth(month, today)) return ['month', MONTH_WRONG];
    if (!within(amountFen, FEN_AT_MOST)) return ['amountFen', AMOUNT_WRONG];
    if (!within(overdueDays, DAYS_AT_MOST)) return ['overdueDays', DAYS_WRONG];
    return paidOn > today ? ['paidOn', DAY_WRONG] : undefined;
  },
  loan_performance: ({ contractNoMasked, month }, today) => {
    if (!MASKED.test(contractNoMasked))
      return ['contractNoMasked', '合同号须掩码，如 DK****0031。 Masked, such as DK****0031.'];
    return isMonth(month, today) ? undefined : ['month', MONTH_WRONG];
  },
};

/** Tables of which there are rows. */
export const tablesOf = (rows: DeliveredRows): DeliveredTable[] =>
  (Object.keys(ARGUMENTS) as DeliveredTable[]).filter((table) => rows[table].length > 0);

function checkRows<T extends DeliveredTable>(
  table: T,
  rows: DeliveredRows[T],
  today: string,
): void {
  const check = CHECKS[table] as Check<unknown>;
  const nameOf = keyOf[table] as (row: unknown) => string;
  const names = new Set<string>();
  rows.forEach((row, index) => {
    const path = [ARGUMENTS[table], String(index)];
    const [field, what] = check(row, today) ?? [];
    if (field) throw changeFault(ChangeErrorCode.VALIDATION, what, [...path, field]);
    const name = nameOf(row);
    if (names.has(name))
      throw changeFault(ChangeErrorCode.VALIDATION, '同一行出现两次。 A row stands twice.', path);
    names.add(name);
  });
}

/**
 * Whether rows may come in under a consent.
 *
 * @throws CONSENT_REQUIRED for a consent to something else; VALIDATION by row and field.
 */
export function checkDelivery(
  { purpose, fieldGroups }: Pick<Consent, 'purpose' | 'fieldGroups'>,
  rows: DeliveredRows,
  today: string,
): void {
  const tables = tablesOf(rows);
  const isCarried = (table: DeliveredTable): boolean =>
    purpose === PURPOSES[table] && (fieldGroups?.includes(GROUP_OF[table]) ?? true);
  if (!tables.every(isCarried)) throw fault('CONSENT_REQUIRED');
  const count = tables.reduce((sum, table) => sum + rows[table].length, 0);
  if (count < 1 || count > ROWS_AT_MOST)
    throw invalid('cardOverdrafts', `1 至 ${ROWS_AT_MOST} 行。 From 1 to ${ROWS_AT_MOST} rows.`);
  for (const table of tables) checkRows(table, rows[table], today);
}
