/** Students whose number has changed (F-07): their rows move, and what names them is read anew. */
import { execute, type EntityManager } from '../database/orm.js';
import { present } from './gone.js';
import type { FeedEvent } from './outbox.js';

/** A number that somebody had, and the one that holds. */
export interface FormerNumber {
  readonly oldNo: string;
  readonly studentNo: string;
}

const MOVE = `
  select renumber_student(e->>'oldNo', e->>'studentNo', ?::timestamptz)
  from jsonb_array_elements(?::jsonb) e`;

/**
 * Move the rows of this office to the numbers that hold: one statement. It may be done again. Rows that
 * meet others become one by the rule of their table.
 */
export async function renumber(
  em: EntityManager,
  numbers: readonly FormerNumber[],
  at: Date,
): Promise<void> {
  if (numbers.length) await execute(em, MOVE, [at, JSON.stringify(numbers)]);
}

/**
 * The former numbers that events of students carry, as `formerNos` in the payload.
 *
 * @param numberOf  The number that holds, of an event.
 */
export const formerNumbers = (
  events: readonly FeedEvent[],
  numberOf: (event: FeedEvent) => string,
): FormerNumber[] => {
  const current = new Map<string, string>();
  for (const event of present(events)) {
    const { formerNos } = event.payload as { readonly formerNos?: readonly string[] | null };
    for (const oldNo of formerNos ?? []) current.set(oldNo, numberOf(event));
  }
  return [...current].map(([oldNo, studentNo]) => ({ oldNo, studentNo }));
};

const KNOWN = `select old_no as "oldNo", student_no as "studentNo" from former_number`;

/** Every former number that this office knows, with the one that holds. */
export async function currentNumbers(em: EntityManager): Promise<ReadonlyMap<string, string>> {
  const rows = await execute<FormerNumber>(em, KNOWN);
  return new Map(rows.map(({ oldNo, studentNo }) => [oldNo, studentNo]));
}

const AMONG = `${KNOWN} where old_no = any(?::text[])`;

const studentIn = ({ payload }: FeedEvent): string | undefined =>
  typeof payload['studentNo'] === 'string' ? payload['studentNo'] : undefined;

/**
 * Events of an office that does not know a new number yet: they name the student by the one that holds.
 * Lists of numbers, as the access log has them, stay as they were written.
 */
export async function withCurrentNumbers(
  em: EntityManager,
  events: readonly FeedEvent[],
): Promise<readonly FeedEvent[]> {
  const named = [...new Set(events.flatMap((event) => studentIn(event) ?? []))];
  if (!named.length) return events;
  const rows = await execute<FormerNumber>(em, AMONG, [named]);
  if (!rows.length) return events;
  const current = new Map(rows.map(({ oldNo, studentNo }) => [oldNo, studentNo]));
  return events.map((event) => {
    const studentNo = current.get(studentIn(event) ?? '');
    return studentNo ? { ...event, payload: { ...event.payload, studentNo } } : event;
  });
}
