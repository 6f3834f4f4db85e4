/**
 * The marks that say which fields an argument reads: rows that are filtered, sorted or grouped by a
 * field disclose its value, so the argument is open only to who sees all of it (DOMAIN 3.7(1)).
 */
import { Extensions } from 'type-graphql';
import type { Predicate } from '../privacy/predicates.js';
import type { Order } from '../read/page.js';

/** `Bill.item`, or several; none of an argument that reads nothing of a row. */
export type FieldNames = string | readonly string[];
/**
 * A field that the argument itself reads under predicates: it is open to those alone whose cell has these
 * and no others, so that rows are sorted by what they see, and by nothing else.
 */
export interface ReadUnder {
  readonly field: string;
  readonly under: readonly Predicate[];
}
/** What an argument reads, whatever it is given, or by the value of an enumeration. */
export type ArgumentReads = FieldNames | Readonly<Record<string, FieldNames | ReadUnder>>;

/** An argument that names what is requested and reads no field of it. */
export const NO_FIELD: readonly string[] = [];

/**
 * On a field of an input type: `@Reads('Bill.item')`. On a query or a field with arguments of its
 * own: `@Reads({ kind: 'Org.kind', order: orderReads('Bill', ORDERS) })`.
 */
export const Reads = (
  reads: FieldNames | Readonly<Record<string, ArgumentReads>>,
): MethodDecorator & PropertyDecorator => Extensions({ reads });

const fieldOf = (type: string, path: string): string[] => {
  if (path === 'id') return [];
  return [path.startsWith('roster.') ? path.replace('roster', 'Student') : `${type}.${path}`];
};

/** What each order of a list reads: the columns that it sorts by, but the one that only breaks ties. */
export const orderReads = (
  type: string,
  orders: Readonly<Record<string, Order>>,
): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(orders).map(([name, order]) => [
      name,
      order.flatMap(([path]) => fieldOf(type, path)),
    ]),
  );
