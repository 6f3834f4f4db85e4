/** Which rows of another system's file count: `rows: { where: …, pending: … }`. */
import { fold } from '../cell.js';
import { refuse } from '../reason.js';
import { known } from './known.js';
import type { Condition } from './mapping.js';
import type { Entry, YamlText } from './yaml-text.js';

const NOT_COUNTED = refuse('按对照表不计入', 'does not count by the mapping').reason;
const PENDING = refuse('尚无结果，未导入', 'has no result yet and is not imported').reason;

/**
 * `where`: a row counts with one of the values alone. `pending`: with one of the values there is no
 * result yet, whatever stands in the other cells.
 */
export function readConditions(yaml: YamlText, { value: rows }: Entry): Condition[] {
  const parts = known(yaml, rows, ['where', 'pending']);
  const read = (name: string, isWanted: boolean, reason: Condition['reason']): Condition[] => {
    const part = parts.get(name);
    return (part ? yaml.entries(part.value) : []).map(({ name: header, value }) => ({
      header,
      values: new Set(yaml.texts(value).map(fold)),
      isWanted,
      reason,
    }));
  };
  return [...read('where', true, NOT_COUNTED), ...read('pending', false, PENDING)];
}
