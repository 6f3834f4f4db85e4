/** When catalogue items are due, and how well they came in. Pure. Source: G5.3, Z2.4, Z5.1.1, INV-18. */
import { addDays } from '@chengxin/kit/clock';

/** A stretch in which an item is delivered; what comes after `dueOn` is late. */
export interface Period {
  readonly from: string;
  readonly until: string;
  /** Null where nothing is due by a day: the item comes when something changes. */
  readonly dueOn: string | null;
}

/**
 * Third parties owe the school nothing: what they report rests on consent, and is off by default
 * (T-04).
 */
const OWES_NOTHING = 'TPC';

const months = (year: number): Period[] =>
  Array.from({ length: 12 }, (_, index) => {
    const first = (month: number) => new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
    const from = first(index);
    return { from, until: addDays(first(index + 1), -1), dueOn: `${from.slice(0, 8)}15` };
  });

/** Days of the cycles of `catalogue.csv` [P]: each term before its evaluation run is cut off (4.8). */
const CYCLES: Readonly<Record<string, (year: number) => Period[]>> = {
  EACH_MONTH: months,
  EACH_TERM: (year) => [
    { from: `${year - 1}-08-01`, until: `${year}-01-31`, dueOn: `${year}-01-15` },
    { from: `${year}-02-01`, until: `${year}-07-31`, dueOn: `${year}-07-15` },
  ],
  EACH_YEAR: (year) => [{ from: `${year}-01-01`, until: `${year}-12-31`, dueOn: `${year}-10-31` }],
};

const wholeYear = (year: number): Period => ({
  from: `${year}-01-01`,
  until: `${year}-12-31`,
  dueOn: null,
});

/** The periods of an item that belong to a year. */
export function periodsOf(cycle: string, provider: string, year: number): Period[] {
  const periods = CYCLES[cycle]?.(year) ?? [wholeYear(year)];
  return provider === OWES_NOTHING ? periods.map((one) => ({ ...one, dueOn: null })) : periods;
}

/** The period of an item that a day lies in. */
export function periodOn(cycle: string, provider: string, day: string): Period | undefined {
  const year = Number(day.slice(0, 4));
  // A term that begins in August belongs to the next year.
  return [year, year + 1]
    .flatMap((one) => periodsOf(cycle, provider, one))
    .find(({ from, until }) => from <= day && day <= until);
}

export type Verdict = 'RECEIVED' | 'LATE' | 'DUE' | 'MISSING';

/** What is to be said of a delivery, or of its lack, on a day. */
export function verdictOf(dueOn: string | null, receivedOn: string | null, today: string): Verdict {
  if (receivedOn) return dueOn && receivedOn > dueOn ? 'LATE' : 'RECEIVED';
  return dueOn && dueOn < today ? 'MISSING' : 'DUE';
}

/** How much of a whole, in full percent and never rounded up to it; nothing of nothing. */
const percentOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.floor((part * 100) / whole);

/** What the three rates are made of. */
export interface Counts {
  readonly due: number;
  readonly received: number;
  readonly timely: number;
  readonly rows: number;
  readonly rejected: number;
}

/** The three rates of Z2.4. */
export const qualityOf = ({ due, received, timely, rows, rejected }: Counts) => ({
  timely: percentOf(timely, due),
  complete: percentOf(received, due),
  accurate: percentOf(rows, rows + rejected),
});
