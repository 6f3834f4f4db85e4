/**
 * Fields whose values stand for many persons at once: what a release generalised until each row is that
 * of ten or more. A cell that opens its group aggregated only (G) opens these, and they are of no single
 * student. Source: DOMAIN 3.3, 3.6 (`creditViews`); "aggregate only" in field-groups.csv.
 */
import { isOpen, type Effect } from './matrix.js';

const AGGREGATE_TYPES: ReadonlySet<string> = new Set(['CreditView', 'CreditViewRelease']);
/** Their entrances. */
const AGGREGATE_FIELDS: ReadonlySet<string> = new Set([
  'Query.creditViews',
  'Query.creditViewReleases',
]);

export const isAggregate = (type: string, field: string): boolean =>
  AGGREGATE_TYPES.has(type) || AGGREGATE_FIELDS.has(`${type}.${field}`);

/** Whether a cell opens a field: under G, an aggregate one alone. */
export const opensField = (effect: Effect, type: string, field: string): boolean =>
  isOpen(effect) || (effect === 'AGGREGATE' && isAggregate(type, field));
