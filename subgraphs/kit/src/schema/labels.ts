/** Words for the values of every enum, roles and purposes too, in Chinese and English. Source: F-10. */
import { readTable } from '../privacy/tables.js';

export interface ValueLabel {
  /** Enum of the graph, or `Role`, `Purpose`. */
  readonly type: string;
  readonly value: string;
  readonly zh: string;
  readonly en: string;
}

export const LABELS: readonly ValueLabel[] = readTable('labels').map((row) => ({
  type: row['type'] ?? '',
  value: row['value'] ?? '',
  zh: row['zh'] ?? '',
  en: row['en'] ?? '',
}));

const byValue = new Map(LABELS.map((label) => [`${label.type}.${label.value}`, label]));

export const labelOf = (type: string, value: string): ValueLabel | undefined =>
  byValue.get(`${type}.${value}`);

/**
 * What the schema says of an enum value: `已认定 · Found`.
 *
 * @throws Error naming the value, when `labels.csv` has no words for it.
 */
export function describeValue(type: string, value: string): string {
  const label = labelOf(type, value);
  if (!label?.zh || !label.en)
    throw new Error(`The office does not start: labels.csv has no words for ${type}.${value}.`);
  return `${label.zh} · ${label.en}`;
}
