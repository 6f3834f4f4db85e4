/** How a file's header meets a kind. */
import { fold, tidy } from './cell.js';
import { headingName, quotedHeadings, withoutNote } from './heading.js';
import type { Column, ImportKind } from './kind.js';
import type { Condition as MappedCondition, Mapping, Translate } from './mapping/mapping.js';
import { refuse, refusedFile, type Reason } from './reason.js';

/** A column of the kind and where it stands in a file. */
export interface Placed {
  readonly column: Column;
  /** Position in the record, from 0; null when the file does not have the column. */
  readonly at: number | null;
  /** Positions of further cells that belong to the same value, and what stands between them. */
  readonly and?: readonly number[];
  readonly between?: string;
  /** Header as it stands in the file. */
  readonly header: string | null;
  /** From the words of another system. */
  readonly translate?: Translate;
}

/** A cell that decides whether its row counts. */
interface Condition {
  readonly at: number;
  readonly header: string;
  /** As `fold` writes them. */
  readonly values: ReadonlySet<string>;
  /** Whether the row counts with one of the values, or without them all. */
  readonly isWanted: boolean;
  readonly reason: Reason;
}

export interface Layout {
  /** Number of cells of the header. */
  readonly width: number;
  /** Every column of the kind, in its order. */
  readonly placed: readonly Placed[];
  readonly conditions: readonly Condition[];
  /** Headers that no column claims; their cells are not read. */
  readonly unknown: readonly string[];
}

/** What is known of the file beside its header, for those who have to find the mistake. */
interface Found {
  readonly line: number;
  readonly sheet?: string;
  readonly otherSheets?: readonly string[];
}

const NOT_COUNTED = refuse(
  '此值不表示已生效，未导入；可在对照表中用 rows 说明',
  'does not say that the row counts; a mapping may say which rows do, under rows',
).reason;

/** What the parts of a column's value are called in a file; nothing for a constant. */
function namesOf(
  { field, headers }: Column,
  mapping: Mapping | undefined,
): readonly (readonly string[])[] {
  if (!mapping) return [[headers[1], field, ...headers]];
  const source = mapping.sources.get(field);
  return source ? source.headers.map((header) => [header]) : [];
}

/** Where a name stands: as it is written, or else with a template's note behind it. */
function placesIn(heads: readonly string[], names: readonly string[]): number[] {
  const wanted = new Set(names.map(headingName));
  const those = (name: (head: string) => string): number[] =>
    [...heads.keys()].filter((at) => wanted.has(name(heads[at] ?? '')));
  const exact = those((head) => head);
  return exact.length > 0 ? exact : those(withoutNote);
}

interface Wanted {
  readonly field: string;
  readonly name: string;
  readonly places: readonly number[];
}

/** One sentence that names everything which is wrong with a header, and what was found instead. */
function refusal(
  header: readonly string[],
  unknown: readonly string[],
  { missing, doubled }: { missing: readonly Wanted[]; doubled: readonly Wanted[] },
  { line, sheet, otherSheets = [] }: Found,
) {
  const { zh, en }: { zh: string[]; en: string[] } = { zh: [], en: [] };
  const say = (inChinese: string, inEnglish: string) =>
    void (zh.push(inChinese), en.push(inEnglish));
  if (missing.length > 0)
    say(
      `缺少列：${missing.map(({ field, name }) => `${name}（${field}）`).join('、')}。`,
      `Missing columns: ${missing.map(({ field, name }) => `${field} (${name})`).join(', ')}.`,
    );
  const clashes = (comma: string) =>
    doubled.map(({ field, places }) => [
      field,
      quotedHeadings(
        places.map((at) => header[at] ?? ''),
        comma,
      ),
    ]);
  if (doubled.length > 0)
    say(
      `同一列出现多次：${clashes('、')
        .map(([field, all]) => `${all}（${field}）`)
        .join('；')}。`,
      `Columns there twice: ${clashes(', ')
        .map(([field, all]) => `${field} (${all})`)
        .join('; ')}.`,
    );
  if (unknown.length > 0)
    say(
      `未识别的列：${quotedHeadings(unknown, '、')}。`,
      `Headings that were not understood: ${quotedHeadings(unknown, ', ')}.`,
    );
  if (sheet !== undefined) say(`读取的工作表：${sheet}。`, `The sheet that was read: ${sheet}.`);
  if (otherSheets.length > 0)
    say(
      `另有工作表：${otherSheets.join('、')}；请把要导入的工作表移到最前。`,
      `There are also: ${otherSheets.join(', ')}; move the sheet to be imported to the front.`,
    );
  return refusedFile(zh.join(''), en.join(' '), line);
}

/** A constant must not stand instead of what the file itself says. */
function refuseConstants(
  header: readonly string[],
  kind: ImportKind,
  mapping: Mapping,
  line: number,
): void {
  const heads = header.map(headingName);
  for (const { field, headers } of kind.columns) {
    if (mapping.sources.get(field)?.headers.length !== 0) continue;
    const [at] = placesIn(heads, [field, ...headers]);
    if (at === undefined || mapping.named.has(heads[at] ?? '')) continue;
    const name = quotedHeadings([header[at] ?? ''], '');
    throw refusedFile(
      `对照表把 ${field} 写成常量，而文件有列“${name}”，请改从该列读取。`,
      `The mapping gives ${field} as a constant, but the file has the column “${name}”: read it from there.`,
      line,
    );
  }
}

function conditionsOf(
  heads: readonly string[],
  header: readonly string[],
  { guards = [] }: ImportKind,
  mapping: Mapping | undefined,
): { conditions: Condition[]; missing: Wanted[] } {
  const mapped = (mapping?.conditions ?? []).map((one: MappedCondition) => ({
    ...one,
    places: placesIn(heads, [one.header]),
  }));
  const missing = mapped
    .filter(({ places }) => places.length === 0)
    .map(({ header: name, places }) => ({ field: 'rows', name, places }));
  const guarded = guards.flatMap(({ headers, counts }) =>
    placesIn(heads, headers)
      .filter((at) => !mapping?.named.has(heads[at] ?? ''))
      .map((at) => ({
        places: [at],
        values: new Set(counts.map(fold)),
        isWanted: true,
        reason: NOT_COUNTED,
      })),
  );
  const conditions = [...mapped, ...guarded].flatMap(({ places, values, isWanted, reason }) =>
    places
      .slice(0, 1)
      .map((at) => ({ at, header: tidy(header[at] ?? ''), values, isWanted, reason })),
  );
  return { conditions, missing };
}

/**
 * Find the columns of a kind in a header. Case, spaces, width, underscores, and the asterisk and the
 * notes that templates put on columns make no difference.
 *
 * @param mapping  Of another system's file: it alone says which column is which.
 * @throws  One `VALIDATION` that names every column that is missing or there twice, the headings
 *          that were not understood, and the sheet.
 */
export function layOut(
  kind: ImportKind,
  header: readonly string[],
  found: Found,
  mapping?: Mapping,
): Layout {
  const heads = header.map(headingName);
  if (mapping) refuseConstants(header, kind, mapping, found.line);
  const sought = kind.columns.map((column) => {
    const parts = namesOf(column, mapping).map((names) => ({
      field: column.field,
      name: names[0] ?? '',
      places: placesIn(heads, names),
    }));
    return { column, parts };
  });
  const { conditions, missing: unmet } = conditionsOf(heads, header, kind, mapping);
  const all = sought.flatMap(({ column, parts }) => parts.map((part) => ({ column, part })));
  const missing = all
    .filter(({ column, part }) => part.places.length === 0 && (mapping ? true : column.required))
    .map(({ part }) => part);
  const doubled = all.filter(({ part }) => part.places.length > 1).map(({ part }) => part);
  const claimed = new Set([
    ...all.flatMap(({ part }) => part.places),
    ...conditions.map(({ at }) => at),
  ]);
  const unknown = header.map(tidy).filter((name, at) => name !== '' && !claimed.has(at));
  if (missing.length + unmet.length + doubled.length > 0) {
    // Where no heading was understood, the first row may hold values: it is not repeated.
    const strangers = claimed.size > 0 ? unknown : [];
    throw refusal(header, strangers, { missing: [...missing, ...unmet], doubled }, found);
  }

  const placed = sought.map(({ column, parts }): Placed => {
    const source = mapping?.sources.get(column.field);
    const places = parts.flatMap(({ places: [at] }) => (at === undefined ? [] : [at]));
    const [at = null, ...and] = places;
    const name = at === null ? null : places.map((one) => tidy(header[one] ?? '')).join('+');
    return {
      column,
      at,
      header: name,
      ...(and.length > 0 && { and, between: source?.between ?? '' }),
      ...(source && { translate: source.translate }),
    };
  });
  return { width: header.length, placed, conditions, unknown };
}
