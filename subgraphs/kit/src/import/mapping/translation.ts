/** What the cells of another system mean, as its mapping says. */
import { fold, tidy } from '../cell.js';
import type { Column } from '../kind.js';
import type { Parsed } from '../reason.js';
import { dateForm } from './date-form.js';
import type { Translate } from './mapping.js';
import type { Entry, YamlText } from './yaml-text.js';

/** A value that a row will have is checked now, and not row by row. */
export function checked(
  yaml: YamlText,
  { field, codec, required }: Column,
  at: Entry['value'],
): string {
  const value = yaml.text(at);
  if (value === '' && !required) return value;
  const parsed: Parsed<unknown> =
    value === '' ? { reason: { zh: '不得为空', en: 'must not be empty' } } : codec(tidy(value));
  if ('value' in parsed) return value;
  const { zh, en } = parsed.reason;
  throw yaml.refuse(at, `${field}：${zh}。`, `${field} ${en}.`);
}

function readValues(yaml: YamlText, column: Column, values: Entry): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { name, at, value } of yaml.entries(values.value)) {
    if (found.has(fold(name)))
      throw yaml.refuse(at, `值“${name}”出现两次。`, `The value “${name}” stands here twice.`);
    found.set(fold(name), checked(yaml, column, value));
  }
  return found;
}

function readDate(yaml: YamlText, { field, codec }: Column, date: Entry): Translate {
  const written = yaml.text(date.value);
  const form = dateForm(written, codec);
  if (form) return form;
  throw yaml.refuse(
    date.value,
    `${field} 不能按日期格式“${written}”读取，请用 YYYY、MM、DD、HH、mm、ss。`,
    `${field} cannot be read as a date “${written}”; write it with YYYY, MM, DD, HH, mm, ss.`,
  );
}

/** Values first, then the date; a cell that neither knows stays as it is. */
export function translation(
  yaml: YamlText,
  column: Column,
  details: ReadonlyMap<string, Entry>,
): Translate {
  const [values, date] = [details.get('values'), details.get('date')];
  const codes = values && readValues(yaml, column, values);
  const form = date && readDate(yaml, column, date);
  return (cell) => {
    const value = codes?.get(fold(cell));
    if (value !== undefined) return { value };
    return form && cell !== '' ? form(cell) : { value: cell };
  };
}
